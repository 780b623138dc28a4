//! The settings and the first entries of a private slapd, as LDIF for `slapadd`.

use super::person::BASE_DN;
use super::{ROOT_DN, ROOT_PASSWORD, SERVICE_DN, SERVICE_PASSWORD, ServiceRight, SlapdOptions};
use crate::tls::CertificateFiles;
use std::path::Path;

/// `alternateMail` and `accountDisabled`, under the arc that RFC 4520 keeps for examples and private tries.
const SCHEMA: &str = "\
dn: cn=regaintest,cn=schema,cn=config
objectClass: olcSchemaConfig
cn: regaintest
olcAttributeTypes: ( 1.3.6.1.4.1.4203.666.1.9001 NAME 'alternateMail' DESC 'addresses outside the organisation'
  EQUALITY caseIgnoreIA5Match SUBSTR caseIgnoreIA5SubstringsMatch SYNTAX 1.3.6.1.4.1.1466.115.121.1.26{256} )
olcAttributeTypes: ( 1.3.6.1.4.1.4203.666.1.9002 NAME 'accountDisabled' DESC 'switched off'
  EQUALITY booleanMatch SYNTAX 1.3.6.1.4.1.1466.115.121.1.7 SINGLE-VALUE )
olcObjectClasses: ( 1.3.6.1.4.1.4203.666.3.9001 NAME 'regainTestPerson' SUP top AUXILIARY
  MAY ( alternateMail $ accountDisabled ) )
";

pub(super) fn config(folder: &Path, tls: &CertificateFiles, options: &SlapdOptions) -> String {
    let folder = folder.display();
    let ca = tls.ca.display();
    let certificate = tls.certificate.display();
    let key = tls.key.display();
    let right = match options.right {
        ServiceRight::Write => "=w",
        ServiceRight::None => "none",
        ServiceRight::Manage => "manage",
    };
    let locks = if options.right == ServiceRight::None { "read" } else { "write" };
    let size_limit = options.size_limit.map_or_else(|| "unlimited".to_owned(), |limit| limit.to_string());
    let hash = if options.argon2 { "{ARGON2}" } else { "{SSHA}" };
    let policy = if options.ppolicy { PPOLICY_OVERLAY } else { "" };
    let module = if options.ppolicy { "olcModuleLoad: ppolicy\n" } else { "" };
    // The attributes are known only with the module.
    let lock_rule = if options.ppolicy {
        format!("to attrs=pwdReset,pwdAccountLockedTime,pwdFailureTime by dn.exact=\"{SERVICE_DN}\" {locks} by * none")
    } else {
        "to dn.exact=\"\" by * read".to_owned()
    };
    format!(
        "dn: cn=config
objectClass: olcGlobal
cn: config
olcPidFile: {folder}/run/slapd.pid
olcTLSCACertificateFile: {ca}
olcTLSCertificateFile: {certificate}
olcTLSCertificateKeyFile: {key}

dn: cn=module{{0}},cn=config
objectClass: olcModuleList
cn: module{{0}}
olcModulePath: /usr/lib/ldap
olcModuleLoad: back_mdb
{module}olcModuleLoad: memberof
olcModuleLoad: argon2

dn: cn=schema,cn=config
objectClass: olcSchemaConfig
cn: schema

include: file:///etc/ldap/schema/core.ldif
include: file:///etc/ldap/schema/cosine.ldif
include: file:///etc/ldap/schema/inetorgperson.ldif

{SCHEMA}
dn: olcDatabase={{-1}}frontend,cn=config
objectClass: olcDatabaseConfig
objectClass: olcFrontendConfig
olcDatabase: {{-1}}frontend
olcPasswordHash: {hash}

dn: olcDatabase={{0}}config,cn=config
objectClass: olcDatabaseConfig
olcDatabase: {{0}}config
olcRootDN: cn=config
olcRootPW: {ROOT_PASSWORD}

dn: olcDatabase={{1}}mdb,cn=config
objectClass: olcDatabaseConfig
objectClass: olcMdbConfig
olcDatabase: {{1}}mdb
olcSuffix: {BASE_DN}
olcRootDN: {ROOT_DN}
olcRootPW: {ROOT_PASSWORD}
olcDbDirectory: {folder}/db
olcDbMaxSize: 1073741824
olcLimits: dn.exact=\"{SERVICE_DN}\" size={size_limit}
olcDbIndex: objectClass,uid,mail,entryUUID eq
olcAccess: {{0}}to attrs=userPassword by dn.exact=\"{SERVICE_DN}\" {right} by self =xw by anonymous auth by * none
olcAccess: {{1}}{lock_rule}
olcAccess: {{2}}to * by dn.exact=\"{SERVICE_DN}\" read by self read by * none
{policy}"
    )
}

const PPOLICY_OVERLAY: &str = "
dn: olcOverlay={0}ppolicy,olcDatabase={1}mdb,cn=config
objectClass: olcOverlayConfig
objectClass: olcPPolicyConfig
olcOverlay: {0}ppolicy
olcPPolicyDefault: cn=default,ou=policies,dc=example,dc=test
olcPPolicyHashCleartext: TRUE
olcPPolicyUseLockout: TRUE
";

pub(super) fn data(options: &SlapdOptions) -> String {
    let units = ["people", "svc", "groups", "policies"];
    let mut ldif =
        format!("dn: {BASE_DN}\nobjectClass: organization\nobjectClass: dcObject\no: Example\ndc: example\n");
    for unit in units {
        ldif.push_str(&format!("\ndn: ou={unit},{BASE_DN}\nobjectClass: organizationalUnit\nou: {unit}\n"));
    }
    if options.ppolicy {
        ldif.push_str(&policy(options));
    }
    ldif.push_str(&format!(
        "
dn: {SERVICE_DN}
objectClass: account
objectClass: simpleSecurityObject
uid: regain
userPassword: {SERVICE_PASSWORD}
"
    ));
    for person in &options.people {
        ldif.push('\n');
        ldif.push_str(&person.ldif());
    }
    ldif
}

fn policy(options: &SlapdOptions) -> String {
    format!(
        "
dn: cn=default,ou=policies,{BASE_DN}
objectClass: device
objectClass: pwdPolicy
cn: default
pwdAttribute: userPassword
pwdCheckQuality: 2
pwdMinLength: {}
pwdInHistory: 3
pwdMinAge: {}
pwdMaxFailure: 3
pwdLockout: TRUE
pwdLockoutDuration: 0
pwdFailureCountInterval: 0
pwdMustChange: TRUE
pwdAllowUserChange: TRUE
",
        options.min_length, options.min_age_seconds
    )
}

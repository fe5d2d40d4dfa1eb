//! Fetching from the web: addresses as mip writes them, and files of bounded size in bounded time.

use std::time::Duration;

use crate::error::{Error, Result};
use crate::phrase::Reason;

/// No file for a board is larger.
const LARGEST: u64 = 16 << 20;
const CONNECT: Duration = Duration::from_secs(10);
const WHOLE: Duration = Duration::from_secs(60);

/// Prefixes, and the addresses that they stand for: user, repository, branch, path.
const SHORT: &[(&str, &str)] = &[
    ("github:", "https://raw.githubusercontent.com/{user}/{repository}/{branch}/{path}"),
    ("gitlab:", "https://gitlab.com/{user}/{repository}/-/raw/{branch}/{path}"),
    ("codeberg:", "https://codeberg.org/api/v1/repos/{user}/{repository}/raw/{path}?ref={branch}"),
];

/// Whether this names a place in the web, and not a package of an index.
pub fn is_address(name: &str) -> bool {
    name.starts_with("http://") || name.starts_with("https://") || SHORT.iter().any(|(prefix, _)| name.starts_with(prefix))
}

/// The address that is meant: `github:USER/REPOSITORY/PATH` becomes where that file lies. `branch` may be empty.
pub fn address(name: &str, branch: &str) -> Option<String> {
    let Some((prefix, form)) = SHORT.iter().find(|(prefix, _)| name.starts_with(prefix)) else { return Some(name.into()) };
    let mut parts = name[prefix.len()..].splitn(3, '/');
    let (user, repository) = (parts.next()?, parts.next()?);
    let branch = if branch.is_empty() { "HEAD" } else { branch };
    let filled = form.replace("{user}", user).replace("{repository}", repository).replace("{branch}", branch);
    Some(filled.replace("{path}", parts.next().unwrap_or_default()))
}

/// The way to the web. Proxies are as the environment says (`HTTPS_PROXY`).
#[derive(Clone)]
pub struct Web {
    agent: ureq::Agent,
}

impl Web {
    /// Opens nothing yet.
    pub fn new() -> Web {
        let config = ureq::Agent::config_builder()
            .timeout_connect(Some(CONNECT))
            .timeout_global(Some(WHOLE))
            .user_agent(concat!("taipan/", env!("CARGO_PKG_VERSION")))
            .build();
        Web { agent: config.into() }
    }

    /// What lies at an address; nothing if nothing is there.
    pub async fn get(&self, address: &str) -> Result<Option<Vec<u8>>> {
        let (agent, wanted) = (self.agent.clone(), address.to_owned());
        let work = move || {
            let mut answer = agent.get(&wanted).call()?;
            answer.body_mut().with_config().limit(LARGEST).read_to_vec()
        };
        match tokio::task::spawn_blocking(work).await.expect("the client does not panic") {
            Ok(bytes) => Ok(Some(bytes)),
            Err(ureq::Error::StatusCode(404 | 410)) => Ok(None),
            Err(error) => Err(Error::Unreachable { address: address.into(), reason: why(address, &error).await }),
        }
    }
}

/// Why nothing came.
async fn why(address: &str, error: &ureq::Error) -> Reason {
    match error {
        ureq::Error::StatusCode(code) => Reason::Answered { code: *code },
        ureq::Error::Timeout(ureq::Timeout::Connect | ureq::Timeout::Resolve) => {
            Reason::NoAnswer { seconds: CONNECT.as_secs() as u32 }
        }
        ureq::Error::Timeout(_) => Reason::NoAnswer { seconds: WHOLE.as_secs() as u32 },
        ureq::Error::Io(error) if error.raw_os_error().is_some() => Reason::from(error),
        // The system has no kind of its own for a name that is not found.
        ureq::Error::HostNotFound | ureq::Error::Io(_) => match host(address) {
            Some(host) if tokio::net::lookup_host((host, 80)).await.is_err() => Reason::NoHost { host: host.into() },
            _ => Reason::said(error),
        },
        _ => Reason::said(error),
    }
}

/// The computer in an address.
fn host(address: &str) -> Option<&str> {
    let (_, place) = address.split_once("://")?;
    let name = place.split(['/', '?', '#']).next()?.rsplit('@').next()?;
    Some(name.split_once(':').map_or(name, |(host, _)| host))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn a_computer_that_is_not_found_is_named() {
        // No name ends so, by RFC 6761.
        let failed = Web::new().get("http://packages.invalid:8080/index.json").await;
        assert!(matches!(failed, Err(Error::Unreachable { reason: Reason::NoHost { host }, .. }) if host == "packages.invalid"));
        let nobody = std::net::TcpListener::bind("127.0.0.1:0").and_then(|port| port.local_addr()).expect("there are free ports");
        let failed = Web::new().get(&format!("http://{nobody}/")).await;
        assert!(matches!(failed, Err(Error::Unreachable { reason: Reason::NobodyListens, .. })));
    }

    #[test]
    fn short_addresses() {
        let at = |name, branch| address(name, branch).expect("it is whole");
        assert_eq!(at("github:ann/tools/a/b.py", ""), "https://raw.githubusercontent.com/ann/tools/HEAD/a/b.py");
        assert_eq!(at("github:ann/tools/package.json", "v1"), "https://raw.githubusercontent.com/ann/tools/v1/package.json");
        assert_eq!(at("gitlab:ann/tools/x.py", "main"), "https://gitlab.com/ann/tools/-/raw/main/x.py");
        assert_eq!(at("codeberg:ann/tools/x.py", "main"), "https://codeberg.org/api/v1/repos/ann/tools/raw/x.py?ref=main");
        assert_eq!(at("http://host/x.py", "main"), "http://host/x.py");
        assert_eq!(address("github:ann", ""), None);
        assert!(is_address("github:a/b") && is_address("https://a") && !is_address("aioble"));
    }
}

//! `check --watch`.

use std::io::{BufRead as _, BufReader};
use std::process::Stdio;
use std::sync::mpsc::{Receiver, channel};
use std::time::Duration;

use super::{Folder, plan, report};

/// Ends the program with the test, whatever comes of it.
struct Watching(std::process::Child);

impl Drop for Watching {
    fn drop(&mut self) {
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}

fn lines(from: impl std::io::Read + Send + 'static) -> Receiver<String> {
    let (send, receive) = channel();
    std::thread::spawn(move || {
        for line in BufReader::new(from).lines() {
            if line.map_or(true, |line| send.send(line).is_err()) {
                return;
            }
        }
    });
    receive
}

fn next(lines: &Receiver<String>) -> String {
    lines.recv_timeout(Duration::from_secs(30)).unwrap()
}

/// Waits for the line that ends a summary.
fn summary(lines: &Receiver<String>) -> String {
    loop {
        let line = next(lines);
        if line.contains("error") && line.contains("warning") {
            return line;
        }
    }
}

#[test]
fn what_changes_is_shown() {
    let folder = Folder::new();
    folder.write("planlint.yaml", "lang: en\n");
    folder.write("plan.yaml", &plan("a", 3));
    folder.write("2024.yaml", &report("a", 2024, &[1, 2, 3], &[1]));
    let mut child = folder
        .command()
        .args(["check", "--watch", "-f", "concise", "--select", super::RULES])
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    let (out, err) = (lines(child.stdout.take().unwrap()), lines(child.stderr.take().unwrap()));
    let _watching = Watching(child);
    assert!(next(&out).starts_with("2024.yaml:10:17: warning[null-marker]"));
    assert!(summary(&err).starts_with("0 errors, 1 warning"));
    // A line more above, and a second fault: only that one is new.
    folder.write("2024.yaml", &format!("# 注\n{}", report("a", 2024, &[1, 2, 3], &[1, 3])));
    assert!(next(&out).starts_with("2024.yaml:23:17: warning[null-marker]"));
    assert!(summary(&err).starts_with("0 errors, 2 warnings"));
    // Mistakes in the settings do not end it.
    folder.write("planlint.yaml", "lang: en\nrules: { nul-marker: off }\n");
    while !next(&err).contains("nothing was checked") {}
    folder.write("planlint.yaml", "lang: en\n");
    assert!(summary(&err).starts_with("0 errors, 2 warnings"));
    // Saved by way of another file, as editors do.
    folder.write("2024.yaml~", &report("a", 2024, &[1, 2, 3], &[3]));
    folder.rename("2024.yaml~", "2024.yaml");
    assert!(next(&out).starts_with("gone: 2024.yaml:11 [null-marker]"));
    assert!(summary(&err).starts_with("0 errors, 1 warning"));
    assert!(out.recv_timeout(Duration::from_millis(1200)).is_err(), "nothing more was changed");
}

#[test]
fn forms_for_machines_are_not_watched() {
    let folder = Folder::new();
    folder.write("planlint.yaml", "lang: en\n");
    for args in [&["-f", "json"][..], &["-"], &["--staged"], &["-f", "full", "-o", "x"]] {
        let ran = folder.run(&[&["check", "--watch"], args].concat());
        assert_eq!(ran.status, 2, "{args:?}");
    }
    assert!(!folder.path().join("x").exists());
}

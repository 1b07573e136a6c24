//! Answers kept in a file from one run to the next, so that a run that was interrupted goes on.

use std::collections::HashMap;
use std::fs::{File, OpenOptions};
use std::io::Write;
use std::path::Path;
use std::sync::Mutex;

use serde_json::{Value, json};

use crate::analysis::Memory;
use crate::phrase;
use crate::record::Fault;

/// A file of answers: a line that says what they are answers to, then a line an answer.
#[derive(Debug)]
pub(super) struct KeptAnswers {
    known: HashMap<String, Value>,
    file: Mutex<File>,
}

impl KeptAnswers {
    /// The answers in a file, which is made where there is none; `about` says what they are answers
    /// to: the files read, the scenario, the settings.
    ///
    /// # Errors
    /// The file cannot be read or written, or holds answers to something else.
    pub fn open(path: &Path, about: &Value) -> Result<KeptAnswers, Vec<Fault>> {
        let text = match std::fs::read_to_string(path) {
            Ok(text) => text,
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => String::new(),
            Err(error) => return Err(vec![unreadable(path, &error)]),
        };
        let mut known = HashMap::new();
        // A run that was killed may have left half a line: it is passed over.
        let mut lines = text
            .lines()
            .filter_map(|line| serde_json::from_str::<Value>(line).ok());
        match lines.next() {
            Some(head) if &head["about"] != about => return Err(vec![of_something_else(path)]),
            _ => {}
        }
        for line in lines {
            if let Some(question) = line["question"].as_str() {
                known.insert(question.to_owned(), line["answer"].clone());
            }
        }
        let file = OpenOptions::new().create(true).append(true).open(path);
        let mut file = file.map_err(|error| vec![unreadable(path, &error)])?;
        let head = if text.is_empty() {
            json!({ "about": about }).to_string() + "\n"
        } else if text.ends_with('\n') {
            String::new()
        } else {
            "\n".to_owned()
        };
        file.write_all(head.as_bytes())
            .map_err(|error| vec![unreadable(path, &error)])?;
        Ok(KeptAnswers {
            known,
            file: Mutex::new(file),
        })
    }
}

impl Memory for KeptAnswers {
    fn recall(&self, question: &str) -> Option<Value> {
        self.known.get(question).cloned()
    }

    fn keep(&self, question: &str, answer: &Value) {
        let line = json!({ "question": question, "answer": answer }).to_string() + "\n";
        let mut file = self
            .file
            .lock()
            .unwrap_or_else(std::sync::PoisonError::into_inner);
        // An answer that cannot be kept, as on a full disk, is still told at the end.
        let _ = file.write_all(line.as_bytes());
    }
}

fn unreadable(path: &Path, error: &std::io::Error) -> Fault {
    Fault::of(
        path.display().to_string(),
        phrase!(
            "không đọc hoặc ghi được: {error}",
            "cannot be read or written: {error}"
        ),
        phrase!(
            "hãy kiểm tra đường dẫn và quyền ghi",
            "check the path and whether it may be written"
        ),
    )
}

fn of_something_else(path: &Path) -> Fault {
    Fault::of(
        path.display().to_string(),
        phrase!(
            "tệp này giữ câu trả lời cho dữ liệu, chính sách hoặc thiết lập khác",
            "this file keeps answers to other data, another policy or other settings"
        ),
        phrase!(
            "hãy đặt tên tệp khác sau --resume, hoặc xóa tệp này",
            "name another file after --resume, or delete this one"
        ),
    )
}

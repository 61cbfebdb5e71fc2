//! Texts to be used again and again.

use super::{Store, StoreError};
use crate::phone::{Template, TemplateId};
use rusqlite::params;

impl Store {
    /// All templates by name, without regard to case.
    pub fn templates(&self) -> Result<Vec<Template>, StoreError> {
        let mut statement =
            self.connection.prepare_cached("SELECT id, name, text FROM templates")?;
        let templates = statement.query_map([], |row| {
            Ok(Template { id: TemplateId(row.get(0)?), name: row.get(1)?, text: row.get(2)? })
        })?;
        let mut templates: Vec<Template> = templates.collect::<rusqlite::Result<_>>()?;
        templates.sort_by_cached_key(|template| (template.name.to_lowercase(), template.id));
        Ok(templates)
    }

    /// Inserts (id [`TemplateId::NEW`]) or updates a template, and returns its id.
    pub fn save_template(&mut self, template: &Template) -> Result<TemplateId, StoreError> {
        let name = template.name.trim();
        if name.is_empty() {
            return Err(StoreError::Refused("a template needs a name"));
        }
        self.write(|db| {
            if template.id == TemplateId::NEW {
                db.execute(
                    "INSERT INTO templates (name, text) VALUES (?1, ?2)",
                    params![name, template.text],
                )?;
                return Ok(TemplateId(db.last_insert_rowid()));
            }
            let changed = db.execute(
                "UPDATE templates SET name = ?2, text = ?3 WHERE id = ?1",
                params![template.id.0, name, template.text],
            )?;
            if changed == 0 { Err(StoreError::Missing("template")) } else { Ok(template.id) }
        })
    }

    /// Deletes a template.
    pub fn delete_template(&mut self, id: TemplateId) -> Result<(), StoreError> {
        self.write(|db| {
            db.execute("DELETE FROM templates WHERE id = ?1", [id.0])?;
            Ok(())
        })
    }
}

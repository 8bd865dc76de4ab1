//! Events of the parser as calls of Python functions.
use haft_core::{R, Value, Vm};
use haft_text::xml::{Error, ErrorKind, Event, Item, Model};

use super::parser::This;
use super::raise;
use super::settings::Handler;

/// Call the handler of an event, or the default handler with its text.
pub(super) fn item(vm: &mut Vm, this: This, item: Item) -> R<()> {
    if let Event::Text(text) = &item.event {
        return deliver_text(vm, this, text, &item.raw);
    }
    flush(vm, this)?;
    let Some(handler) = handler_of(&item.event).and_then(|handler| this.handler(handler)) else {
        return without_handler(vm, this, &item);
    };
    let may_refuse = matches!(item.event, Event::ExternalEntity { .. } | Event::NotStandalone);
    let refused = match item.event {
        Event::NotStandalone => ErrorKind::NotStandalone,
        _ => ErrorKind::ExternalEntityHandling,
    };
    let args = arguments(vm, this, item.event)?;
    let result = vm.call_positional(handler, &args)?;
    if may_refuse && vm.index_of(result)? == 0 {
        let position = this.parser.borrow().position();
        this.error_code.set(refused as i32);
        return Err(raise(vm, Error { kind: refused, position }));
    }
    Ok(())
}

/// Give collected text to its handler.
pub(super) fn flush(vm: &mut Vm, this: This) -> R<()> {
    let text = this.text.take();
    match this.handler(Handler::CharacterDataHandler) {
        Some(handler) if !text.is_empty() => {
            let text = vm.str(&text);
            vm.call_positional(handler, &[text]).map(drop)
        }
        _ => Ok(()),
    }
}

fn deliver_text(vm: &mut Vm, this: This, text: &str, raw: &str) -> R<()> {
    let Some(handler) = this.handler(Handler::CharacterDataHandler) else {
        return call_default(vm, this, raw);
    };
    if !this.buffers_text.get() {
        let text = vm.str(text);
        return vm.call_positional(handler, &[text]).map(drop);
    }
    let size = this.buffer_size.get();
    if this.text.borrow().len() + text.len() > size {
        flush(vm, this)?;
    }
    if text.len() > size {
        let text = vm.str(text);
        return vm.call_positional(handler, &[text]).map(drop);
    }
    this.text.borrow_mut().push_str(text);
    Ok(())
}

fn call_default(vm: &mut Vm, this: This, raw: &str) -> R<()> {
    let default = this
        .handler(Handler::DefaultHandlerExpand)
        .or_else(|| this.handler(Handler::DefaultHandler));
    match default {
        Some(handler) if !raw.is_empty() => {
            let raw = vm.str(raw);
            vm.call_positional(handler, &[raw]).map(drop)
        }
        _ => Ok(()),
    }
}

fn without_handler(vm: &mut Vm, this: This, item: &Item) -> R<()> {
    // Parts of what another handler is told of.
    let told = match item.event {
        Event::DoctypePart => this.handler(Handler::StartDoctypeDeclHandler),
        Event::AttlistEnd => this.handler(Handler::AttlistDeclHandler),
        _ => None,
    };
    if told.is_some() { Ok(()) } else { call_default(vm, this, &item.raw) }
}

fn handler_of(event: &Event) -> Option<Handler> {
    Some(match event {
        Event::XmlDecl { .. } => Handler::XmlDeclHandler,
        Event::StartDoctype { .. } => Handler::StartDoctypeDeclHandler,
        Event::EndDoctype => Handler::EndDoctypeDeclHandler,
        Event::StartNamespace { .. } => Handler::StartNamespaceDeclHandler,
        Event::EndNamespace { .. } => Handler::EndNamespaceDeclHandler,
        Event::StartElement { .. } => Handler::StartElementHandler,
        Event::EndElement { .. } => Handler::EndElementHandler,
        Event::Text(_) => Handler::CharacterDataHandler,
        Event::Instruction { .. } => Handler::ProcessingInstructionHandler,
        Event::Comment(_) => Handler::CommentHandler,
        Event::StartCdata => Handler::StartCdataSectionHandler,
        Event::EndCdata => Handler::EndCdataSectionHandler,
        Event::EntityDecl(entity) if entity.notation.is_some() => {
            Handler::UnparsedEntityDeclHandler
        }
        Event::EntityDecl(_) => Handler::EntityDeclHandler,
        Event::NotationDecl { .. } => Handler::NotationDeclHandler,
        Event::ElementDecl { .. } => Handler::ElementDeclHandler,
        Event::AttlistDecl { .. } => Handler::AttlistDeclHandler,
        Event::ExternalEntity { .. } => Handler::ExternalEntityRefHandler,
        Event::SkippedEntity { .. } => Handler::SkippedEntityHandler,
        Event::NotStandalone => Handler::NotStandaloneHandler,
        Event::DoctypePart | Event::AttlistEnd | Event::Other => return None,
    })
}

/// A name, the same object each time.
fn interned(vm: &mut Vm, this: This, name: &str) -> R {
    let name = vm.str(name);
    let Some(known) = vm.as_dict(this.intern) else { return Ok(name) };
    if let Some(name) = vm.dict_get(known, name)? {
        return Ok(name);
    }
    vm.dict_set(known, name, name)?;
    Ok(name)
}

fn optional(vm: &mut Vm, this: This, name: Option<&String>) -> R {
    match name {
        Some(name) => interned(vm, this, name),
        None => Ok(Value::NONE),
    }
}

/// What the handler of an event is called with.
fn arguments(vm: &mut Vm, this: This, event: Event) -> R<Vec<Value>> {
    let base = this.base.get();
    Ok(match event {
        Event::XmlDecl { version, encoding, standalone } => {
            let version = optional(vm, this, version.as_ref())?;
            vec![version, optional(vm, this, encoding.as_ref())?, Value::small(standalone)]
        }
        Event::StartDoctype { name, system, public, has_internal_subset } => {
            let name = interned(vm, this, &name)?;
            let system = optional(vm, this, system.as_ref())?;
            let public = optional(vm, this, public.as_ref())?;
            vec![name, system, public, Value::small(i32::from(has_internal_subset))]
        }
        Event::StartNamespace { prefix, uri } => {
            let prefix = optional(vm, this, prefix.as_ref())?;
            vec![prefix, optional(vm, this, uri.as_ref())?]
        }
        Event::EndNamespace { prefix } => vec![optional(vm, this, prefix.as_ref())?],
        Event::StartElement { name, attributes, n_specified } => {
            let name = interned(vm, this, &name)?;
            vec![name, attribute_values(vm, this, &attributes, n_specified)?]
        }
        Event::EndElement { name } => vec![interned(vm, this, &name)?],
        Event::Instruction { target, data } => {
            vec![interned(vm, this, &target)?, vm.str(&data)]
        }
        Event::Text(text) | Event::Comment(text) => vec![vm.str(&text)],
        Event::ExternalEntity { context, system, public } => {
            let (context, system) = (vm.str(&context), optional(vm, this, system.as_ref())?);
            vec![context, base, system, optional(vm, this, public.as_ref())?]
        }
        Event::SkippedEntity { name, is_parameter } => {
            vec![interned(vm, this, &name)?, Value::small(i32::from(is_parameter))]
        }
        Event::EndDoctype
        | Event::StartCdata
        | Event::EndCdata
        | Event::NotStandalone
        | Event::DoctypePart
        | Event::AttlistEnd
        | Event::Other => Vec::new(),
        declaration => declaration_arguments(vm, this, declaration)?,
    })
}

/// As [`arguments`], for the declarations of a DTD.
fn declaration_arguments(vm: &mut Vm, this: This, event: Event) -> R<Vec<Value>> {
    let base = this.base.get();
    Ok(match event {
        Event::EntityDecl(entity) => {
            let name = interned(vm, this, &entity.name)?;
            let system = optional(vm, this, entity.system.as_ref())?;
            let public = optional(vm, this, entity.public.as_ref())?;
            let notation = optional(vm, this, entity.notation.as_ref())?;
            if entity.notation.is_some() {
                vec![name, base, system, public, notation]
            } else {
                let value = entity.value.map_or(Value::NONE, |value| vm.str(&value));
                let kind = Value::small(i32::from(entity.is_parameter));
                vec![name, kind, value, base, system, public, notation]
            }
        }
        Event::NotationDecl { name, system, public } => {
            let name = interned(vm, this, &name)?;
            let system = optional(vm, this, system.as_ref())?;
            vec![name, base, system, optional(vm, this, public.as_ref())?]
        }
        Event::ElementDecl { name, model } => {
            let name = interned(vm, this, &name)?;
            vec![name, model_value(vm, this, &model)?]
        }
        Event::AttlistDecl { element, attribute, ty, default, is_required } => {
            let element = interned(vm, this, &element)?;
            let attribute = interned(vm, this, &attribute)?;
            let ty = vm.str(&ty);
            let default = default.map_or(Value::NONE, |text| vm.str(&text));
            vec![element, attribute, ty, default, Value::small(i32::from(is_required))]
        }
        _ => Vec::new(),
    })
}

/// Attributes as a dict, or as a list of names and values.
fn attribute_values(
    vm: &mut Vm,
    this: This,
    attributes: &[(String, String)],
    n_specified: usize,
) -> R {
    let n = if this.specified_attributes.get() { n_specified } else { attributes.len() };
    let (list, dict) = (vm.new_list(), vm.dict());
    for (name, value) in &attributes[..n] {
        let (name, value) = (interned(vm, this, name)?, vm.str(value));
        if this.ordered_attributes.get() {
            list.push(&mut vm.heap, name);
            list.push(&mut vm.heap, value);
        } else {
            vm.dict_set(dict, name, value)?;
        }
    }
    Ok(if this.ordered_attributes.get() { list.value() } else { dict.value() })
}

/// `(type, quantifier, name, children)`
fn model_value(vm: &mut Vm, this: This, model: &Model) -> R {
    let name = optional(vm, this, model.name.as_ref())?;
    let children: R<Vec<Value>> =
        model.children.iter().map(|child| model_value(vm, this, child)).collect();
    let children = vm.tuple(&children?);
    let (kind, quantifier) =
        (Value::small(model.kind as i32), Value::small(model.quantifier as i32));
    Ok(vm.tuple(&[kind, quantifier, name, children]))
}

//! The whole check of a document's chip, in the order that tells a forged document from a cloned
//! one, and a cloned one from one that is only badly read.

use time::OffsetDateTime;

use crate::active;
use crate::chip::{self, Exchange};
use crate::country;
use crate::face::Face;
use crate::failure::Rule;
use crate::holder::Holder;
use crate::mrz::Mrz;
use crate::passive::{self, Authorities, Verified};
use crate::security::SecurityInfos;

/// What a phone read from a chip, and what the chip answered.
#[derive(Debug, Clone, Copy)]
pub struct Evidence<'a> {
    /// EF.DG1
    pub dg1: &'a [u8],
    /// EF.DG2
    pub dg2: &'a [u8],
    /// EF.DG14, where the chip has one.
    pub dg14: Option<&'a [u8]>,
    /// EF.DG15, where the chip has one.
    pub dg15: Option<&'a [u8]>,
    /// EF.SOD
    pub sod: &'a [u8],
    /// The answer to INTERNAL AUTHENTICATE.
    pub active: Option<&'a [u8]>,
    /// The answer under the keys of chip authentication.
    pub chip: Option<ChipAnswer<'a>>,
}

/// What the chip said after it agreed on keys.
#[derive(Debug, Clone, Copy)]
pub struct ChipAnswer<'a> {
    /// The exchange, if it was begun here and for this.
    pub exchange: Option<&'a Exchange>,
    /// The protected response to the relayed command.
    pub response: &'a [u8],
}

/// A genuine document.
#[derive(Debug)]
pub struct Document {
    /// What it says of its holder.
    pub holder: Holder,
    /// The chip answered the challenge with the key of data group 15.
    pub active: bool,
    /// The chip agreed on keys with the key of data group 14.
    pub chip: bool,
}

/// Checks everything; `challenges` are those that the chip may have been given.
pub fn evaluate(
    evidence: &Evidence<'_>,
    by: Authorities<'_>,
    challenges: &[[u8; 8]],
) -> Result<Document, Rule> {
    let signer = verify_files(evidence, by)?;
    let mrz = Mrz::read(evidence.dg1)?;
    if !country::may_sign(signer, &mrz.issuer) {
        return Err(Rule::CountryMismatch);
    }
    let today = OffsetDateTime::from_unix_timestamp(by.now).map_err(|_| Rule::MrzDate)?.date();
    let holder = Holder::read(&mrz, today)?;
    Face::read(evidence.dg2)?;
    let infos = evidence.dg14.map(SecurityInfos::read).transpose()?;
    let active = verify_active(evidence, infos.as_ref(), challenges)?;
    let chip = verify_chip(evidence, infos.as_ref())?;
    if by.policy.require_chip_proof && !active && !chip {
        return Err(Rule::ActiveMissing);
    }
    Ok(Document { holder, active, chip })
}

/// Passive authentication; data groups 14 and 15 must be there where EF.SOD lists them. Returns the
/// signer's country.
fn verify_files(
    evidence: &Evidence<'_>,
    by: Authorities<'_>,
) -> Result<Option<country::Code>, Rule> {
    let optional = [(14, evidence.dg14), (15, evidence.dg15)];
    let mut groups = vec![(1, evidence.dg1), (2, evidence.dg2)];
    groups.extend(optional.iter().filter_map(|(number, group)| Some((*number, (*group)?))));
    let Verified { object, country } = passive::verify(evidence.sod, &groups, by)?;
    let withheld = |number, group: Option<_>| object.hash(number).is_some() && group.is_none();
    let all = !optional.iter().any(|(number, group)| withheld(*number, *group));
    all.then_some(country).ok_or(Rule::DataGroupWithheld)
}

fn verify_active(
    evidence: &Evidence<'_>,
    infos: Option<&SecurityInfos<'_>>,
    challenges: &[[u8; 8]],
) -> Result<bool, Rule> {
    let Some(dg15) = evidence.dg15 else { return Ok(false) };
    let response = evidence.active.ok_or(Rule::ActiveMissing)?;
    let mut refused = Rule::ActiveSignature;
    for challenge in challenges {
        match active::verify(dg15, infos, challenge, response) {
            Ok(()) => return Ok(true),
            Err(rule) => refused = rule,
        }
    }
    Err(refused)
}

fn verify_chip(evidence: &Evidence<'_>, infos: Option<&SecurityInfos<'_>>) -> Result<bool, Rule> {
    let Some(dg14) = evidence.dg14.filter(|_| infos.is_some_and(chip::is_possible)) else {
        return Ok(false);
    };
    let answer = evidence.chip.ok_or(Rule::ChipMissing)?;
    let exchange = answer.exchange.ok_or(Rule::ChipExchange)?;
    exchange.verify(dg14, answer.response)?;
    Ok(true)
}

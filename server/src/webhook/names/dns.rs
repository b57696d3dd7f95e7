//! A name server for tests, on a port of its own: it answers what it is told to, answer by answer.

use std::collections::HashMap;
use std::net::{IpAddr, Ipv4Addr};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};

use hickory_resolver::config::{ConnectionConfig, NameServerConfig, ResolverConfig};
use hickory_resolver::proto::op::{Message, ResponseCode};
use hickory_resolver::proto::rr::rdata::{A, AAAA, CNAME};
use hickory_resolver::proto::rr::{Name, RData, Record, RecordType};
use tokio::net::UdpSocket;

use super::Names;

/// What a name has; the last answer is given again and again.
#[derive(Debug, Clone)]
pub enum Zone {
    /// Addresses: a list for each answer.
    Addresses(Vec<Vec<IpAddr>>),
    /// Another name.
    Alias(&'static str),
    /// No answer at all.
    Silence,
}

/// A name server at work.
pub struct Dns {
    port: u16,
    asked: Arc<AtomicUsize>,
}

impl Dns {
    /// Starts one that knows these names.
    pub async fn start(zones: &[(&str, Zone)]) -> Self {
        let socket = UdpSocket::bind((Ipv4Addr::LOCALHOST, 0)).await.expect("a free port");
        let port = socket.local_addr().expect("bound").port();
        let asked = Arc::new(AtomicUsize::new(0));
        let known = zones.iter().map(|(name, zone)| (format!("{name}."), zone.clone())).collect();
        tokio::spawn(serve(socket, Mutex::new(known), Arc::clone(&asked)));
        Self { port, asked }
    }

    /// Names as this server has them.
    pub fn names(&self) -> Names {
        let mut server = NameServerConfig::udp(IpAddr::V4(Ipv4Addr::LOCALHOST));
        let mut connection = ConnectionConfig::udp();
        connection.port = self.port;
        server.connections = vec![connection];
        Names::asking(ResolverConfig::from_parts(None, Vec::new(), vec![server]))
    }

    /// How many questions came.
    pub fn asked(&self) -> usize {
        self.asked.load(Ordering::SeqCst)
    }
}

async fn serve(socket: UdpSocket, zones: Mutex<HashMap<String, Zone>>, asked: Arc<AtomicUsize>) {
    let mut buffer = [0; 1500];
    while let Ok((length, peer)) = socket.recv_from(&mut buffer).await {
        let question = Message::from_vec(&buffer[..length]).expect("a question");
        asked.fetch_add(1, Ordering::SeqCst);
        let answer = answer(&question, &mut zones.lock().expect("nobody panics here"));
        if let Some(message) = answer {
            let bytes = message.to_vec().expect("an answer that can be written");
            socket.send_to(&bytes, peer).await.expect("loopback takes it");
        }
    }
}

fn answer(question: &Message, zones: &mut HashMap<String, Zone>) -> Option<Message> {
    let query = question.queries.first()?.clone();
    let mut message = Message::response(question.metadata.id, question.metadata.op_code);
    message.metadata.recursion_available = true;
    message.metadata.authoritative = true;
    let mut name = query.name().clone();
    loop {
        match zones.get_mut(&name.to_string().to_lowercase()) {
            None => {
                message.metadata.response_code = ResponseCode::NXDomain;
                break;
            }
            Some(Zone::Silence) => return None,
            Some(Zone::Alias(to)) => {
                let to: Name = format!("{to}.").parse().expect("a name");
                message.add_answer(Record::from_rdata(name, 0, RData::CNAME(CNAME(to.clone()))));
                name = to;
            }
            Some(Zone::Addresses(answers)) => {
                let wanted = query.query_type();
                let found = match answers.len() {
                    1 => answers[0].clone(),
                    // Both families are asked for: an answer is over with the second question.
                    _ if wanted == RecordType::A => answers.remove(0),
                    _ => Vec::new(),
                };
                message.add_answers(found.into_iter().filter_map(|ip| record(&name, wanted, ip)));
                break;
            }
        }
    }
    message.add_query(query);
    Some(message)
}

fn record(name: &Name, wanted: RecordType, ip: IpAddr) -> Option<Record> {
    let data = match (wanted, ip) {
        (RecordType::A, IpAddr::V4(ip)) => RData::A(A(ip)),
        (RecordType::AAAA, IpAddr::V6(ip)) => RData::AAAA(AAAA(ip)),
        _ => return None,
    };
    Some(Record::from_rdata(name.clone(), 0, data))
}

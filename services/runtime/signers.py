"""Who signs for a site: each log's signer, the timed witness, and the keys that others check by."""

from services.runtime.home import Charter, Home
from services.runtime.secrets import Secrets
from shared.identity import KeySource, random_keys, seeded_keys
from shared.log.note import Algorithm, NoteError, Signer, Verifier


class KeyUnreadable(Exception):
    """A file under public/ isn't a verifier key; the message is a sentence."""


def key_source(charter: Charter) -> KeySource:
    """Where a site's secrets come from: the system, or the seed of a trial."""
    return random_keys if charter.seed is None else seeded_keys(charter.seed)


def log_signer(secrets: Secrets, charter: Charter, service: str) -> Signer:
    """Signs one log's checkpoints, under the log's own name."""
    return Signer(f"{charter.code}/{service}", secrets.signing_key(f"log-{service}"))


def witness_signer(secrets: Secrets, charter: Charter) -> Signer:
    """The site's own timestamping cosigner."""
    return Signer(f"{charter.code}/witness", secrets.signing_key("witness"))


def publish(home: Home, charter: Charter, secrets: Secrets, names: tuple[str, ...]) -> None:
    """Write the verifier keys that an inspector takes along."""
    for name in names:
        verifier = log_signer(secrets, charter, name).verifier
        home.public_key(name).write_text(verifier.vkey(Algorithm.LOG) + "\n", "ascii")
    witness = witness_signer(secrets, charter).verifier
    home.public_key("witness").write_text(witness.vkey(Algorithm.COSIGNATURE) + "\n", "ascii")
    token = secrets.signing_key("token").public_key().public_bytes_raw()
    home.public_key("token").write_text(token.hex() + "\n", "ascii")


def verifier(home: Home, name: str) -> Verifier:
    """The published key of a log or of the witness; raises KeyUnreadable."""
    path = home.public_key(name)
    try:
        return Verifier.parse(path.read_text("ascii").strip())
    except (NoteError, UnicodeDecodeError, IsADirectoryError) as error:
        raise KeyUnreadable(f"公钥文件读不懂：{path}") from error

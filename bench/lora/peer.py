"""Tokens per CPU second of a LoRA training step in PyTorch: the same decoder, rank and batch, in F32, without checkpointing."""
import resource
import sys

import torch
import torch.nn.functional as F

torch.set_num_threads(1)
torch.manual_seed(1)
options = dict(option.split("=") for option in sys.argv[1:])
number = lambda name, otherwise: int(options.get(name, otherwise))
width, layers, heads, key_heads = number("width", 1024), number("layers", 16), number("heads", 16), number("keys", 4)
forward, vocabulary, rank = number("forward", 2816), number("vocabulary", 32000), number("rank", 16)
tokens, sequences, learned, rounds = number("tokens", 256), number("sequences", 1), number("learned", 50), number("rounds", 3)
head = width // heads
length = tokens // sequences


class Projection(torch.nn.Module):
    def __init__(self, inputs, outputs):
        super().__init__()
        self.weight = torch.nn.Parameter(torch.randn(outputs, inputs) / inputs**0.5, requires_grad=False)
        self.a = torch.nn.Parameter(torch.randn(rank, inputs) / inputs**0.5)
        self.b = torch.nn.Parameter(torch.zeros(outputs, rank))

    def forward(self, x):
        return F.linear(x, self.weight) + 2 * F.linear(F.linear(x, self.a), self.b)


def norm(x):
    return x * torch.rsqrt(x.pow(2).mean(-1, keepdim=True) + 1e-5)


angles = torch.outer(torch.arange(length).float(), 10000 ** (-torch.arange(0, head, 2).float() / head))
cosine, sine = angles.cos()[None, None], angles.sin()[None, None]


def rotate(x):
    even, odd = x[..., 0::2], x[..., 1::2]
    return torch.stack((even * cosine - odd * sine, even * sine + odd * cosine), -1).flatten(-2)


mask = torch.full((length, length), float("-inf")).triu(1)


class Layer(torch.nn.Module):
    def __init__(self):
        super().__init__()
        self.q, self.o = Projection(width, width), Projection(width, width)
        self.k, self.v = Projection(width, head * key_heads), Projection(width, head * key_heads)
        self.gate, self.up, self.down = Projection(width, forward), Projection(width, forward), Projection(forward, width)

    def forward(self, x):
        n = norm(x)
        split = lambda y, count: y.view(sequences, length, count, head).transpose(1, 2)
        q, k, v = rotate(split(self.q(n), heads)), rotate(split(self.k(n), key_heads)), split(self.v(n), key_heads)
        k, v = (y.repeat_interleave(heads // key_heads, 1) for y in (k, v))
        weights = torch.softmax(q @ k.transpose(-1, -2) / head**0.5 + mask, -1)
        x = x + self.o((weights @ v).transpose(1, 2).reshape(sequences, length, width))
        n = norm(x)
        return x + self.down(F.silu(self.gate(n)) * self.up(n))


embedding = torch.randn(vocabulary, width)
output = torch.randn(vocabulary, width) / width**0.5
model = torch.nn.ModuleList(Layer() for _ in range(layers))
optimiser = torch.optim.AdamW([p for p in model.parameters() if p.requires_grad], lr=1e-5)
given = torch.randint(0, min(256, vocabulary), (sequences, length + 1))
predicted = torch.arange(tokens) % 100 < learned


def loss():
    x = embedding[given[:, :-1]]
    for layer in model:
        x = layer(x)
    logits = F.linear(norm(x.reshape(tokens, width)[predicted]), output)
    return F.cross_entropy(logits, given[:, 1:].reshape(-1)[predicted])


def step():
    loss().backward()
    optimiser.step()
    optimiser.zero_grad()


def cpu_seconds(work, repeats=1):
    before = resource.getrusage(resource.RUSAGE_SELF)
    for _ in range(repeats):
        work()
    after = resource.getrusage(resource.RUSAGE_SELF)
    return (after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime) / repeats


def best(work):
    work()
    repeats = max(1, int(1 / cpu_seconds(work)))
    return tokens / min(cpu_seconds(work, repeats) for _ in range(rounds))


with torch.no_grad():
    print(f"| PyTorch {torch.__version__} F32, loss | {best(loss):.0f} | | |")
print(f"| PyTorch {torch.__version__} F32, step | {best(step):.0f} | | {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss >> 10} |")

"""Trains this suite's baselines and writes them as ONNX files beside itself.

    /usr/bin/python3 eval-suites/upscaling/baselines/train.py [NAME ...] [--reference FILE]

Trains only on the photographs in train/; the suite's own pictures are read afterwards, to print each entry's mean PSNR
as NumPy or PyTorch computes it (never Arena). Nothing of that is shipped: Arena measures the .onnx files itself.
`--reference FILE` writes the printed numbers as CSV, a row for each entry and sample.

Needs Debian's python3-torch, python3-onnx, python3-pil and python3-numpy (1.13.1, 1.12.0, 9.4.0 and 1.24.2 were used).
Seeds are fixed; on another machine the last bits of a weight may differ. About a quarter of an hour on two cores.
The graphs are written by hand with onnx.helper, so that they hold nothing that is not needed. All but the first take
[N, 40, 40, 3] float32 in 0 to 1; all give [N, 160, 160, 3] uint8.
"""

import argparse
import csv
import pathlib

import numpy
import torch
import torch.nn.functional as F
from onnx import TensorProto, checker, helper, numpy_helper, save
from PIL import Image

HERE = pathlib.Path(__file__).resolve().parent
FACTOR, SMALL, SIZE = 4, 40, 160
SEED = 20261122
FLOAT, UINT8 = TensorProto.FLOAT, TensorProto.UINT8


# --- filters -------------------------------------------------------------------------------------------------------

def linear(x):
    return numpy.maximum(0, 1 - abs(x))


def cubic(x, a=-0.5):
    x = abs(x)
    return numpy.where(x < 1, ((a + 2) * x - (a + 3)) * x * x + 1, numpy.where(x < 2, ((a * x - 5 * a) * x + 8 * a) * x - 4 * a, 0))


def lanczos3(x):
    return numpy.where(abs(x) < 3, numpy.sinc(x) * numpy.sinc(x / 3), 0)


def phases(kernel, reach):
    """[4, 2·reach + 1]: the weights of the neighbours for each of the four pixels that one becomes."""
    offsets = (numpy.arange(FACTOR) + 0.5) / FACTOR - 0.5
    weights = kernel(offsets[:, None] - numpy.arange(-reach, reach + 1)[None])
    return weights / weights.sum(axis=1, keepdims=True)


def enlarging(kernel, reach):
    """[16, 1, w, w]: a convolution whose 16 channels, interleaved, are the picture four times as large."""
    p = phases(kernel, reach)
    return numpy.einsum("ai,bj->abij", p, p).reshape(FACTOR * FACTOR, 1, 2 * reach + 1, 2 * reach + 1).astype(numpy.float32)


def shrinking():
    """[1, 1, 16, 16]: what Pillow's bicubic filter does when it makes a picture four times smaller."""
    weights = cubic((numpy.arange(4 * FACTOR) + 0.5) / FACTOR - 2)
    weights /= weights.sum()
    return numpy.outer(weights, weights)[None, None].astype(numpy.float32)


def gaussian(sigma, reach):
    weights = numpy.exp(-numpy.arange(-reach, reach + 1) ** 2 / (2 * sigma ** 2))
    weights /= weights.sum()
    return numpy.outer(weights, weights)[None, None].astype(numpy.float32)


CUBIC, LANCZOS = enlarging(cubic, 2), enlarging(lanczos3, 3)


# --- graphs --------------------------------------------------------------------------------------------------------

class Graph:
    """An ONNX graph under construction; every method adds nodes and returns the name of their result."""

    def __init__(self, slug, kind=FLOAT):
        self.slug, self.kind, self.nodes, self.constants = slug, kind, [], {}

    def constant(self, values, dtype=numpy.float32):
        values = numpy.ascontiguousarray(values, dtype=dtype)
        key = (values.dtype.str, values.shape, values.tobytes())
        if key not in self.constants:
            self.constants[key] = numpy_helper.from_array(values, f"c{len(self.constants)}")
        return self.constants[key].name

    def add(self, op, *inputs, **attributes):
        name = f"v{len(self.nodes)}"
        self.nodes.append(helper.make_node(op, list(inputs), [name], **attributes))
        return name

    def reshape(self, x, *shape):
        return self.add("Reshape", x, self.constant(shape, numpy.int64))

    def edge(self, x, before, after):
        return self.add("Pad", x, self.constant([0, 0, before, before, 0, 0, after, after], numpy.int64), mode="edge")

    def picture(self):
        return self.add("Transpose", "picture", perm=[0, 3, 1, 2])

    def filter(self, x, weights, before, after, **attributes):
        """The same filter over each colour by itself."""
        return self.add("Conv", self.edge(x, before, after), self.constant(weights), **attributes)

    def enlarge(self, x, weights):
        """[N·3, 1, 40, 40] to [N·3, 1, 160, 160]."""
        reach = weights.shape[-1] // 2
        return self.interleave(self.filter(x, weights, reach, reach))

    def interleave(self, x):
        return self.add("DepthToSpace", x, blocksize=FACTOR, mode="CRD")

    def write(self, x):
        """x is [N, 3, 160, 160] in 0 to 1, give or take."""
        x = self.add("Round", self.add("Mul", x, self.constant(255)))
        x = self.add("Clip", x, self.constant(0), self.constant(255))
        return self.finish(self.add("Cast", self.add("Transpose", x, perm=[0, 2, 3, 1]), to=UINT8))

    def finish(self, x):
        self.nodes[-1].output[0] = "enlarged"
        assert x == f"v{len(self.nodes) - 1}"
        info = lambda name, kind, size: helper.make_tensor_value_info(name, kind, ["N", size, size, 3])
        graph = helper.make_graph(self.nodes, self.slug, [info("picture", self.kind, SMALL)], [info("enlarged", UINT8, SIZE)], list(self.constants.values()))
        model = helper.make_model(graph, opset_imports=[helper.make_opsetid("", 13)], ir_version=8, producer_name="upscaling-baselines")
        checker.check_model(model, full_check=True)
        save(model, str(HERE / f"{self.slug}.onnx"))


def single(g, x):
    return g.reshape(x, -1, 1, SMALL, SMALL)


def together(g, x):
    return g.reshape(x, -1, 3, SIZE, SIZE)


# --- without training ----------------------------------------------------------------------------------------------
# Each writes its graph and returns the same computed with PyTorch, [N, 3, 40, 40] to [N, 3, 160, 160].

def apply(x, weights, before, after, stride=1):
    n, c, h, w = x.shape
    y = F.conv2d(F.pad(x.reshape(n * c, 1, h, w), (before, after, before, after), mode="replicate"), torch.from_numpy(weights), stride=stride)
    return y.reshape(n, c * y.shape[1], *y.shape[2:])


def enlarge(x, weights=CUBIC):
    reach = weights.shape[-1] // 2
    return F.pixel_shuffle(apply(x, weights, reach, reach), FACTOR)


def nearest(slug):
    g = Graph(slug, UINT8)
    x = g.add("Resize", g.picture(), "", g.constant([1, 1, FACTOR, FACTOR]), mode="nearest", coordinate_transformation_mode="asymmetric", nearest_mode="floor")
    g.finish(g.add("Transpose", x, perm=[0, 2, 3, 1]))
    return lambda x: F.interpolate(x, scale_factor=FACTOR, mode="nearest")


def bilinear(slug):
    g = Graph(slug)
    g.write(g.add("Resize", g.picture(), "", g.constant([1, 1, FACTOR, FACTOR]), mode="linear", coordinate_transformation_mode="half_pixel"))
    return lambda x: F.interpolate(x, scale_factor=FACTOR, mode="bilinear", align_corners=False)


def bicubic(slug):
    g = Graph(slug)
    g.write(g.add("Resize", g.picture(), "", g.constant([1, 1, FACTOR, FACTOR]), mode="cubic", cubic_coeff_a=-0.5, coordinate_transformation_mode="half_pixel"))
    return enlarge


def lanczos(slug):
    g = Graph(slug)
    g.write(together(g, g.enlarge(single(g, g.picture()), LANCZOS)))
    return lambda x: enlarge(x, LANCZOS)


def unsharp(slug, sigma=2.0, amount=0.8):
    """Bicubic, and the difference to its own blur added once more."""
    blur, reach = gaussian(sigma, 6), 6
    g = Graph(slug)
    y = g.enlarge(single(g, g.picture()), CUBIC)
    edges = g.add("Sub", y, g.filter(y, blur, reach, reach))
    g.write(together(g, g.add("Add", y, g.add("Mul", edges, g.constant(amount)))))

    def compute(x):
        y = enlarge(x)
        return y + amount * (y - apply(y, blur, reach, reach))
    return compute


def back_projection(slug, rounds=6):
    """Bicubic, corrected until it shrinks to the picture it came from."""
    small, (before, after) = shrinking(), (6, 6)
    g = Graph(slug)
    x = single(g, g.picture())
    y = g.enlarge(x, CUBIC)
    for _ in range(rounds):
        shrunk = g.filter(y, small, before, after, strides=[FACTOR, FACTOR])
        y = g.add("Add", y, g.enlarge(g.add("Sub", x, shrunk), CUBIC))
    g.write(together(g, y))

    def compute(x):
        y = enlarge(x)
        for _ in range(rounds):
            y = y + enlarge(x - apply(y, small, before, after, FACTOR))
        return y
    return compute


# --- nets ----------------------------------------------------------------------------------------------------------
# All learn what bicubic enlargement leaves out: result = bicubic + net.

class Srcnn(torch.nn.Module):
    """Three layers over the enlarged picture (Dong and others, 2014), narrower."""

    def __init__(self, width, middle):
        super().__init__()
        self.layers = torch.nn.ModuleList([torch.nn.Conv2d(3, width, 9, padding=4), torch.nn.Conv2d(width, middle, 1), torch.nn.Conv2d(middle, 3, 5, padding=2)])

    def forward(self, x):
        y = big = enlarge(x)
        for layer in self.layers[:-1]:
            y = F.relu(layer(y))
        return big + self.layers[-1](y)

    def draw(self, g, x, big):
        y = big
        for layer in self.layers[:-1]:
            y = g.add("Relu", draw_conv(g, layer, y))
        return draw_conv(g, self.layers[-1], y)


class Fsrcnn(torch.nn.Module):
    """Features, shrunk, mapped, expanded and then unfolded (Dong and others, 2016), with a sub-pixel layer at the end."""

    def __init__(self, width, narrow, maps):
        super().__init__()
        conv = torch.nn.Conv2d
        self.layers = torch.nn.ModuleList([
            conv(3, width, 5, padding=2), conv(width, narrow, 1), *[conv(narrow, narrow, 3, padding=1) for _ in range(maps)],
            conv(narrow, width, 1), conv(width, 3 * FACTOR * FACTOR, 3, padding=1)])
        self.slopes = torch.nn.ModuleList([torch.nn.PReLU(layer.out_channels) for layer in self.layers[:-1]])

    def forward(self, x):
        y = x
        for layer, slope in zip(self.layers, self.slopes):
            y = slope(layer(y))
        return enlarge(x) + F.pixel_shuffle(self.layers[-1](y), FACTOR)

    def draw(self, g, x, big):
        y = x
        for layer, slope in zip(self.layers, self.slopes):
            y = g.add("PRelu", draw_conv(g, layer, y), g.constant(slope.weight.detach().numpy().reshape(-1, 1, 1)))
        return g.interleave(draw_conv(g, self.layers[-1], y))


class Espcn(torch.nn.Module):
    """Three layers over the small picture, the last one sub-pixel (Shi and others, 2016)."""

    def __init__(self, width, middle):
        super().__init__()
        conv = torch.nn.Conv2d
        self.layers = torch.nn.ModuleList([conv(3, width, 5, padding=2), conv(width, middle, 3, padding=1), conv(middle, 3 * FACTOR * FACTOR, 3, padding=1)])

    def forward(self, x):
        y = x
        for layer in self.layers[:-1]:
            y = F.relu(layer(y))
        return enlarge(x) + F.pixel_shuffle(self.layers[-1](y), FACTOR)

    def draw(self, g, x, big):
        y = x
        for layer in self.layers[:-1]:
            y = g.add("Relu", draw_conv(g, layer, y))
        return g.interleave(draw_conv(g, self.layers[-1], y))


class Residual(torch.nn.Module):
    """Blocks of two layers, each added to what came in (as EDSR: Lim and others, 2017), much smaller."""

    def __init__(self, width, blocks):
        super().__init__()
        conv = lambda a, b: torch.nn.Conv2d(a, b, 3, padding=1)
        self.head = conv(3, width)
        self.blocks = torch.nn.ModuleList([torch.nn.ModuleList([conv(width, width), conv(width, width)]) for _ in range(blocks)])
        self.tail = conv(width, 3 * FACTOR * FACTOR)

    def forward(self, x):
        y = head = self.head(x)
        for first, second in self.blocks:
            y = y + second(F.relu(first(y)))
        return enlarge(x) + F.pixel_shuffle(self.tail(y + head), FACTOR)

    def draw(self, g, x, big):
        y = head = draw_conv(g, self.head, x)
        for first, second in self.blocks:
            y = g.add("Add", y, draw_conv(g, second, g.add("Relu", draw_conv(g, first, y))))
        return g.interleave(draw_conv(g, self.tail, g.add("Add", y, head)))


def draw_conv(g, layer, x):
    pad = layer.kernel_size[0] // 2
    return g.add("Conv", x, g.constant(layer.weight.detach().numpy()), g.constant(layer.bias.detach().numpy()), pads=[pad] * 4)


def shrink(image):
    return image.resize((image.width // FACTOR, image.height // FACTOR), Image.BICUBIC)


def tensor(image):
    return torch.from_numpy(numpy.asarray(image).transpose(2, 0, 1).copy())


def photographs(names):
    """Pairs of small and large, at two scales: shrunk photographs are sharper and hold finer texture."""
    pairs = []
    for path in sorted((HERE / "train").glob("*.jpg")):
        if names and path.stem not in names:
            continue
        image = Image.open(path).convert("RGB")
        for scale in (1.0, 0.7):
            width, height = (int(side * scale) // FACTOR * FACTOR for side in image.size)
            large = image.resize((width, height), Image.LANCZOS) if scale < 1 else image.crop((0, 0, width, height))
            pairs.append((tensor(shrink(large)), tensor(large)))
    return pairs


def batches(pairs, generator, count, patch):
    """Random patches, turned and mirrored; each photograph as often as it has pixels."""
    odds = torch.tensor([float(small.shape[1] * small.shape[2]) for small, _ in pairs])
    while True:
        smalls, larges = [], []
        for which in torch.multinomial(odds, count, replacement=True, generator=generator).tolist():
            small, large = pairs[which]
            top, left = (int(torch.randint(side - patch + 1, (), generator=generator)) for side in small.shape[1:])
            turns, mirrored = int(torch.randint(4, (), generator=generator)), int(torch.randint(2, (), generator=generator))
            cut = lambda t, f: torch.rot90(t[:, top * f:(top + patch) * f, left * f:(left + patch) * f], turns, (1, 2)).flip(2) if mirrored else torch.rot90(t[:, top * f:(top + patch) * f, left * f:(left + patch) * f], turns, (1, 2))
            smalls.append(cut(small, 1))
            larges.append(cut(large, FACTOR))
        yield torch.stack(smalls).float() / 255, torch.stack(larges).float() / 255


def net(make, steps, rate, patch=20, count=16, names=(), loss=F.l1_loss):
    def train(slug):
        torch.manual_seed(SEED)
        torch.use_deterministic_algorithms(True)
        model = make()
        last = [m for m in model.modules() if isinstance(m, torch.nn.Conv2d)][-1]
        last.weight.data *= 0.1  # begins close to bicubic
        last.bias.data.zero_()
        generator = torch.Generator().manual_seed(SEED)
        optimiser = torch.optim.Adam(model.parameters(), lr=rate)
        schedule = torch.optim.lr_scheduler.OneCycleLR(optimiser, rate, total_steps=steps, pct_start=0.1)
        for _, (small, large) in zip(range(steps), batches(photographs(names), generator, count, patch)):
            optimiser.zero_grad()
            loss(model(small), large).backward()
            optimiser.step()
            schedule.step()
        model.eval()
        g = Graph(slug)
        x = g.picture()
        big = together(g, g.enlarge(single(g, x), CUBIC))
        g.write(g.add("Add", big, model.draw(g, x, big)))
        print(f"{slug}: {sum(p.numel() for p in model.parameters())} parameters", flush=True)
        return model
    return train


BASELINES = {
    "nearest": nearest,
    "bilinear": bilinear,
    "bicubic": bicubic,
    "lanczos": lanczos,
    "unsharp": unsharp,
    "back-projection": back_projection,
    "srcnn": net(lambda: Srcnn(32, 16), steps=1500, rate=2e-3),
    "espcn": net(lambda: Espcn(48, 24), steps=3000, rate=3e-3),
    "fsrcnn": net(lambda: Fsrcnn(40, 12, 4), steps=3000, rate=3e-3),
    "residual": net(lambda: Residual(32, 5), steps=3500, rate=2e-3),
    "residual-one-photo": net(lambda: Residual(32, 5), steps=600, rate=2e-3, names=("gravel",)),
}


def psnr(answers, truth):
    error = ((answers - truth) ** 2).reshape(len(truth), -1).mean(axis=1)
    return 10 * numpy.log10(255 ** 2 / error)


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("names", nargs="*", help="only these baselines")
    parser.add_argument("--reference", type=pathlib.Path, help="write PSNR by entry and sample as CSV")
    arguments = parser.parse_args()
    torch.set_num_threads(2)
    pictures, truth = numpy.load(HERE.parent / "pictures.npy"), numpy.load(HERE.parent / "references.npy").astype(float)
    x = torch.from_numpy(pictures.transpose(0, 3, 1, 2).astype(numpy.float32)) / 255
    table = {}
    for slug, make in BASELINES.items():
        if arguments.names and slug not in arguments.names:
            continue
        model = make(slug)
        with torch.no_grad():
            y = model(x)
        answers = numpy.clip(numpy.rint(y.numpy().transpose(0, 2, 3, 1).astype(float) * 255), 0, 255)
        table[slug] = psnr(answers, truth)
        print(f"{slug:20} {table[slug].mean():.3f} dB", flush=True)
    if arguments.reference:
        with open(arguments.reference, "w", newline="", encoding="utf-8") as file:
            writer = csv.writer(file, lineterminator="\n")
            writer.writerow(["ordinal", *table])
            writer.writerows([i, *(f"{values[i]:.4f}" for values in table.values())] for i in range(len(truth)))


main()

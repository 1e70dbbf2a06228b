"""Writes this suite's samples and the baselines' training photographs from photographs in free packages.

    /usr/bin/python3 eval-suites/upscaling/make_samples.py FOLDER

FOLDER holds the packages that PACKAGES names, each unpacked into a folder of its name: what
`apt-get download NAME && dpkg -x NAME_*.deb FOLDER/NAME` and `npm pack NAME && tar xzf …` give.
Needs Debian's python3-pil and python3-numpy (9.4.0 and 1.24.2 were used).

A photograph is first made as wide as PHOTOGRAPHS says (Lanczos), so that a crop shows something and its pixels are
sharp. A crop is 160×160; what models get is the crop made four times smaller by Pillow's bicubic filter, which
averages over the pixels that it drops. Which crops: the photograph is tiled in steps of 40 pixels, each tile's detail
is how far a bicubic enlargement of its small version is from it, and the tile with most detail is taken, then the
one with most among those that do not touch it, and so on. Width and number of crops were set by looking at what comes
out: no crop may be a blur.
"""

import bz2
import csv
import pathlib
import sys

import numpy
from PIL import Image

HERE = pathlib.Path(__file__).resolve().parent
SIZE, FACTOR, STEP = 160, 4, 40
SMALL = SIZE // FACTOR

WALLPAPERS = "lomiri-wallpapers-16.04/usr/share/backgrounds"
NEWER = "lomiri-wallpapers-20.04/usr/share/backgrounds"
SKIMAGE = "python3-skimage/usr/lib/python3/dist-packages/skimage/data"
SCIPY = "python3-scipy/usr/lib/python3/dist-packages/scipy/misc"
SKLEARN = "python3-sklearn/usr/lib/python3/dist-packages/sklearn/datasets/images"
GETTY = "img-{}/package/data/image.jpg"

# name: (file, width, crops, tags of every crop); the name is the group
EVALUATION = {
    "astronaut": (f"{SKIMAGE}/astronaut.png", 512, 5, "people;colour"),
    "bridge": (f"{WALLPAPERS}/Bridge_by_Sander_Klootwijk.jpg", 800, 2, "built;colour"),
    "brushes": (f"{WALLPAPERS}/Picture_1A_by_freespace.jpg", 700, 5, "things;colour"),
    "canyon": (GETTY.format("black-canyon"), 560, 2, "landscape;historic"),
    "clock": (f"{WALLPAPERS}/greentock_by_Peter_Nerlich.jpg", 640, 3, "things;colour"),
    "coffee": (f"{SKIMAGE}/coffee.png", 600, 4, "things;colour"),
    "dahlia": (f"{SKLEARN}/flower.jpg", 640, 4, "plants;colour"),
    "dogs": (f"{WALLPAPERS}/friends_by_Aitzol_Berasategi.jpg", 500, 4, "animals;colour"),
    "dragonfly": (f"{WALLPAPERS}/Dragonfly_by_Bolly.jpg", 700, 4, "plants;colour"),
    "fig": (f"{WALLPAPERS}/Picture_0B_by_freespace.jpg", 700, 4, "things;colour"),
    "formula": (f"{SKIMAGE}/text.png", 448, 2, "text"),
    "harbour": (GETTY.format("nagasaki-boats"), 800, 5, "built;historic"),
    "house": (GETTY.format("dust-bowl-home"), 700, 2, "built;historic"),
    "mountain": (f"{WALLPAPERS}/picosdeeuropa_by_Aitzol_Berasategi.jpg", 640, 4, "landscape;colour"),
    "nuthatch": (f"{NEWER}/Kleiber_by_Lukas_Baubkus.jpg", 560, 1, "animals;colour"),
    "page": (f"{SKIMAGE}/page.png", 384, 1, "text"),
    "pavilion": (f"{SKLEARN}/china.jpg", 640, 5, "built;colour"),
    "raccoon": (f"{SCIPY}/face.dat", 560, 5, "animals;colour"),
    "rocket": (f"{SKIMAGE}/rocket.jpg", 640, 3, "built;colour"),
}

# name: (file, width)
TRAINING = {
    "acanthus": (GETTY.format("acanthus-mollis"), 400),
    "airplane": (GETTY.format("airplane-from-above"), 560),
    "allium": (GETTY.format("allium-oreophilum"), 400),
    "alps": (GETTY.format("french-alpine-landscape"), 560),
    "brick": (f"{SKIMAGE}/brick.png", 400),
    "brook": (f"{WALLPAPERS}/life_by_Aitzol_Berasategi.jpg", 640),
    "cat": (f"{SKIMAGE}/chelsea.png", 451),
    "dandelions": (f"{WALLPAPERS}/seeding_by_Clements_Engelhardt.jpg", 640),
    "drum": (f"{WALLPAPERS}/Wine_by_Jakkub_Mede.jpg", 400),
    "grass": (f"{SKIMAGE}/grass.png", 300),
    "gravel": (f"{SKIMAGE}/gravel.png", 400),
    "hillside": (f"{WALLPAPERS}/aitzgorri_by_Aitzol_Berasategi.jpg", 640),
    "pastoral": (GETTY.format("march-pastoral"), 560),
    "sunset": (f"{WALLPAPERS}/sunset_by_Aitzol_Berasategi.jpg", 560),
}

def read(path):
    if path.suffix == ".dat":
        pixels = numpy.frombuffer(bz2.decompress(path.read_bytes()), numpy.uint8).reshape(768, 1024, 3)
        return Image.fromarray(pixels)
    return Image.open(path).convert("RGB")


def photograph(folder, path, width):
    image = read(folder / path)
    return image.resize((width, round(image.height * width / image.width)), Image.LANCZOS)


def shrink(crop):
    return crop.resize((SMALL, SMALL), Image.BICUBIC)


def detail(crop):
    lost = numpy.asarray(crop, float) - numpy.asarray(shrink(crop).resize(crop.size, Image.BICUBIC), float)
    return float((lost ** 2).mean())


def crop_at(image, left, top):
    return image.crop((left, top, left + SIZE, top + SIZE))


def choose(name, image, count):
    tops = range((image.height - SIZE) % STEP // 2, image.height - SIZE + 1, STEP)
    lefts = range((image.width - SIZE) % STEP // 2, image.width - SIZE + 1, STEP)
    places = sorted(((-detail(crop_at(image, left, top)), top, left) for top in tops for left in lefts))
    chosen = []
    for _, top, left in places:
        if len(chosen) < count and all(abs(left - l) >= SIZE or abs(top - t) >= SIZE for l, t in chosen):
            chosen.append((left, top))
    assert len(chosen) == count, (name, len(chosen))
    return sorted(chosen, key=lambda place: (place[1], place[0]))


def main():
    folder = pathlib.Path(sys.argv[1])
    rows, references, inputs = [], [], []
    for name, (path, width, count, tags) in EVALUATION.items():
        image = photograph(folder, path, width)
        for left, top in choose(name, image, count):
            crop = crop_at(image, left, top)
            references.append(numpy.asarray(crop))
            inputs.append(numpy.asarray(shrink(crop)))
            rows.append([f"{name}-{left}-{top}", name, tags, "public", 1])
    numpy.save(HERE / "references.npy", numpy.stack(references))
    numpy.save(HERE / "pictures.npy", numpy.stack(inputs))
    with open(HERE / "samples.csv", "w", newline="", encoding="utf-8") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(["id", "group", "tags", "split", "weight"])
        writer.writerows(rows)

    train = HERE / "baselines" / "train"
    train.mkdir(parents=True, exist_ok=True)
    for name, (path, width) in TRAINING.items():
        photograph(folder, path, width).save(train / f"{name}.jpg", quality=90, subsampling=0)
    print(f"{len(rows)} samples of {len(EVALUATION)} photographs, {len(TRAINING)} training photographs")


main()

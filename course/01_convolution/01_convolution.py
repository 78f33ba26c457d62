# ---
# jupyter:
#   jupytext:
#     text_representation:
#       extension: .py
#       format_name: percent
# ---

# %% [markdown]
# # Convolution
#
# The operation that gives convolutional networks their name is short: lay a small grid of numbers
# on a picture, multiply what lies on top of each other, add up, move on. In this notebook you write
# it yourself, in NumPy, from one row of numbers to colour pictures with many kernels, and then use
# it to find edges and patterns.
#
# **How it works.** Each exercise is a function. Replace `raise NotImplementedError()` by your code,
# run the cell, then run the `check` cell below it: it tells at once whether the function is right,
# and if not, which number is wrong first. You may check as often as you like. Loops are fine, and
# so is nearly anything else that NumPy can do; what counts is the result. (But exercises 1, 2, 4, 5
# and 7 are about what `np.convolve`, `np.correlate`, `np.polymul` and `np.fft` do, so do not call
# these there.) A function may call one that you wrote before. Your instructor also tries inputs
# that you do not see here, so write for every size: heights are not always widths, and strides are
# not always 1.
#
# **Inputs** are arrays of float32; calculate in float32 or float64. A function must not change its
# inputs, since whoever calls it may still need them: take a copy of what you want to write to.
#
# **Where the numbers come from.** Many examples are those of five public lectures, so that you can
# compare: S0 is Rowel Atienza's *Convolutional Neural Network* (University of the Philippines,
# 2022), S1 *Lecture 14: Convolutional Neural Networks* of ECE 4252/8803 (2024), S2 Karan Taneja's
# tutorial for CS419 (2018), S3 the slides of DSE 220, and S4 Hao Dong's *Convolutional Neural
# Networks* (Peking University, 2019). Slides have mistakes. You will find one.

# %%
import numpy as np

import autograder

check = autograder.load("01_convolution")

# %% [markdown]
# ## 1. A kernel slides over a row of numbers
#
# Take a row of $n$ numbers $x$ and a shorter row of $k$ numbers $w$, the **kernel**. Lay the kernel
# on the first $k$ numbers, multiply pairwise and add up (this is called the **inner product**):
# that is the first output. Move the kernel on by $s$ places, the **stride**, and do it again, for
# as long as the whole kernel lies on the row. This is called *valid*: nothing is made up beyond the
# ends.
#
# $$y_i = \sum_{a=0}^{k-1} x_{i\,s + a}\, w_a
# \qquad i = 0, 1, \dots, \left\lfloor \frac{n-k}{s} \right\rfloor$$
#
# ($\lfloor\;\rfloor$ rounds down; in Python, `//`. Everything is counted from 0, as in NumPy.)
#
# **By hand** (the first rows of slide S2): $x = (4, 1, -3, 1)$, $w = (2, -1, 2)$, stride 1.
#
# $$\begin{aligned}
# y_0 &= 4 \cdot 2 + 1 \cdot (-1) + (-3) \cdot 2 = 1 \\
# y_1 &= 1 \cdot 2 + (-3) \cdot (-1) + 1 \cdot 2 = 7
# \end{aligned}$$
#
# A third time the kernel does not fit, so $y = (1, 7)$.
#
# If the kernel is larger than the input, it does not fit even once. Say so with an error:
# `raise ValueError("…")` with a message of your own. The same goes for exercises 2, 5 and 7, where
# a kernel may be too high or too wide.
#
# ![Seven numbers and a kernel of three, with stride 1, 2 and 3](figures/strides.png)


# %%
def conv1d(x, kernel, stride):
    """Slide a kernel over a row of numbers, without padding.

    Args:
        x: array of shape (n,)
        kernel: array of shape (k,)
        stride: int, at least 1

    Returns:
        array of shape ((n - k) // stride + 1,)

    Raises:
        ValueError: the kernel is larger than x.
    """
    ### BEGIN SOLUTION
    k = len(kernel)
    if k > len(x):
        raise ValueError(f"a kernel of {k} does not fit into {len(x)} numbers")
    outputs = (len(x) - k) // stride + 1
    return np.array([x[i * stride : i * stride + k] @ kernel for i in range(outputs)])
    ### END SOLUTION


# %%
check("conv1d")

# %% [markdown]
# ## 2. A kernel slides over a picture
#
# A grey picture is a table of numbers: `x[row, column]`, and `x.shape` is `(height, width)`. The
# kernel is a small table of shape $(k_h, k_w)$. It slides from left to right and from top to
# bottom, with a stride for each direction: $s_h$ rows down, $s_w$ columns to the right. The part of
# the picture below the kernel is the **patch**, and each output is the inner product of the kernel
# with one patch.
#
# $$y_{i,j} = \sum_{a=0}^{k_h-1} \sum_{b=0}^{k_w-1} x_{i\,s_h + a,\; j\,s_w + b}\, w_{a,b}$$
#
# with $i = 0, \dots, \lfloor (H - k_h) / s_h \rfloor$ and
# $j = 0, \dots, \lfloor (W - k_w) / s_w \rfloor$.
#
# ![A 3×3 kernel on a 5×5 picture, and the output that starts with 12](figures/sliding.png)
#
# **By hand** (slides S1 and S4, the position in the figure):
#
# $$\begin{aligned}
# y_{0,0} ={} & 3 \cdot 0 + 3 \cdot 1 + 2 \cdot 2 \\
# & {} + 0 \cdot 2 + 0 \cdot 2 + 1 \cdot 0 \\
# & {} + 3 \cdot 0 + 1 \cdot 1 + 2 \cdot 2 \\
# ={} & 7 + 0 + 5 = 12
# \end{aligned}$$
#
# Slide S0 has letters: $y_{11} = aw + bx + ey + fz$. The check puts the digits 1, 2, 5, 6 in the
# place of $a$, $b$, $e$, $f$ and 1, 10, 100, 1000 in the place of $w$, $x$, $y$, $z$. A right
# answer then begins with 6521, and a wrong one shows which pixel it took.


# %%
def conv2d(x, kernel, strides):
    """Slide a kernel over a picture, without padding.

    Args:
        x: array of shape (H, W)
        kernel: array of shape (kh, kw)
        strides: tuple (sh, sw): steps down and to the right

    Returns:
        array of shape ((H - kh) // sh + 1, (W - kw) // sw + 1)

    Raises:
        ValueError: the kernel is larger than x.
    """
    ### BEGIN SOLUTION
    (kh, kw), (sh, sw) = kernel.shape, strides
    if kh > x.shape[0] or kw > x.shape[1]:
        raise ValueError(f"a {kh}×{kw} kernel does not fit into {x.shape[0]}×{x.shape[1]} pixels")
    rows = (x.shape[0] - kh) // sh + 1
    columns = (x.shape[1] - kw) // sw + 1
    y = np.zeros((rows, columns))
    for i in range(rows):
        for j in range(columns):
            patch = x[i * sh : i * sh + kh, j * sw : j * sw + kw]
            y[i, j] = (patch * kernel).sum()
    return y
    ### END SOLUTION


# %%
check("conv2d")

# %% [markdown]
# ## 3. How large is the output?
#
# Without help the output is smaller than the input, and the numbers at the border take part less
# often than those in the middle. The help is **zero padding**: $p$ zeros are put before the first
# and $p$ after the last number of an axis. A row of $n$ numbers is then $n + 2p$ long, and the
# number of positions of the kernel is
#
# $$\left\lfloor \frac{n + 2p - k}{s} \right\rfloor + 1$$
#
# Each axis of a picture has its own $n$, $k$, $s$ and $p$; the axes do not depend on one another.
#
# **By hand** (slides S1 and S3), $n = 7$, $k = 3$, $p = 0$: stride 1 gives $(7 - 3)/1 + 1 = 5$,
# stride 2 gives $(7 - 3)/2 + 1 = 3$. Stride 3 gives $2.33$, and the slides say "doesn't fit".
# Keras, PyTorch and we round down: 2 positions, and the last number is never looked at (see the
# figure of exercise 1).
#
# With stride 1 and $p = (k - 1)/2$ the size stays as it is: $p = 1, 2, 3$ for $k = 3, 5, 7$.
#
# If the kernel is larger than the padded input, there is no position at all. Say so with a
# ValueError, as Keras does.


# %%
def output_size(size, kernel_size, stride, padding):
    """Count the positions of a kernel along one axis.

    Args:
        size, kernel_size, stride: ints, at least 1
        padding: int, at least 0: zeros on each side

    Returns:
        int

    Raises:
        ValueError: the kernel is larger than the padded input.
    """
    ### BEGIN SOLUTION
    padded = size + 2 * padding
    if kernel_size > padded:
        raise ValueError(f"a kernel of {kernel_size} does not fit into {padded} numbers")
    return (padded - kernel_size) // stride + 1
    ### END SOLUTION


# %%
check("output_size")

# %% [markdown]
# ## 4. "Same" padding, stride and dilation
#
# In a network one does not want to count zeros by hand. `padding="same"` of Keras chooses them so
# that the output size depends on the stride alone, whatever the kernel:
#
# $$\text{outputs} = \left\lceil \frac{n}{s} \right\rceil$$
#
# ($\lceil\;\rceil$ rounds up; in Python, `-(-n // s)`.) With stride 1 the output is as large as the
# input, hence the name.
#
# **Dilation** by $d$ pulls the kernel apart: its numbers look at every $d$-th pixel. It has as many
# numbers as before, but from the first to the last it covers more, its **span**:
#
# $$\text{span} = d\,(k - 1) + 1$$
#
# So many zeros are needed along the axis, both sides together:
#
# $$\text{zeros} = \max\bigl((\text{outputs} - 1)\, s + \text{span} - n,\; 0\bigr)$$
#
# Half of them, **rounded down**, go before (above, to the left), the rest goes after (below, to the
# right). All of this holds for each axis on its own. With $\tilde{x}$ for the padded picture,
#
# $$y_{i,j} = \sum_{a=0}^{k_h-1} \sum_{b=0}^{k_w-1}
# \tilde{x}_{i\,s_h + a\,d_h,\; j\,s_w + b\,d_w}\, w_{a,b}$$
#
# !["Same" zeros for a 4×4 and a 5×5 picture, and a dilated kernel](figures/same.png)
#
# (In blue, what the first output sums over; in orange, the last one.)
#
# **By hand**, slide S2: $n = 4$, $k = 3$, $s = 2$, $d = 1$. Outputs: $\lceil 4/2 \rceil = 2$.
# Zeros: $(2 - 1) \cdot 2 + 3 - 4 = 1$, none before and one after. The output at the upper right is
#
# $$\begin{aligned}
# y_{0,1} ={} & (-3) \cdot 2 + 1 \cdot (-1) + 0 \cdot 2 \\
# & {} + (-2) \cdot (-2) + 3 \cdot 0 + 0 \cdot 1 \\
# & {} + (-1) \cdot 1 + 2 \cdot 3 + 0 \cdot 4 \\
# ={} & {-7} + 4 + 5 = 2
# \end{aligned}$$
#
# The slide prints −9: a 1 of the picture became a 0, and $2 \cdot 3$ became −6. The four outputs
# together are $\begin{pmatrix} 1 & 2 \\ -1 & -2 \end{pmatrix}$.
#
# For the 5×5 picture of slide S4, $(3 - 1) \cdot 2 + 3 - 5 = 2$ zeros are one on each side, as the
# slide shows.
#
# *Two remarks.* PyTorch's `padding=1` always pads both sides, so on the 4×4 picture it gives other
# numbers. And Keras's layer takes a stride or a dilation, but refuses both at once; your function
# can do both.


# %%
def conv2d_same(x, kernel, strides, dilation_rate):
    """Slide a dilated kernel over a picture, with zeros around it as Keras's "same" puts them.

    Args:
        x: array of shape (H, W)
        kernel: array of shape (kh, kw); its span may be larger than x
        strides: tuple (sh, sw): steps down and to the right
        dilation_rate: tuple (dh, dw): steps between the kernel's numbers, down and to the right

    Returns:
        array of shape (ceil(H / sh), ceil(W / sw))
    """
    ### BEGIN SOLUTION
    (sh, sw), (dh, dw) = strides, dilation_rate

    def zeros(n, k, s, d):
        outputs = -(-n // s)
        total = max((outputs - 1) * s + d * (k - 1) + 1 - n, 0)
        return total // 2, total - total // 2

    sides = [
        zeros(*axis) for axis in zip(x.shape, kernel.shape, strides, dilation_rate, strict=True)
    ]
    padded = np.pad(x, sides)
    y = np.zeros((-(-x.shape[0] // sh), -(-x.shape[1] // sw)))
    for i in range(y.shape[0]):
        for j in range(y.shape[1]):
            below = padded[i * sh :: dh, j * sw :: dw]
            y[i, j] = (below[: kernel.shape[0], : kernel.shape[1]] * kernel).sum()
    return y
    ### END SOLUTION


# %%
check("conv2d_same")

# %% [markdown]
# ## 5. Several channels, several kernels
#
# A colour picture has three numbers for each pixel: its shape is $(H, W, C_\text{in})$ with
# $C_\text{in} = 3$. A kernel then has a number for each channel too, and the sum runs over rows,
# columns **and channels**. So one kernel makes one flat picture, a **feature map**. A layer has
# $C_\text{out}$ kernels, each with its own **bias** $v_f$, a number that is added to its whole map,
# and stacks the maps:
#
# $$y_{i,j,f} = v_f + \sum_{a=0}^{k_h-1} \sum_{b=0}^{k_w-1} \sum_{c=0}^{C_\text{in}-1}
# x_{i+a,\; j+b,\; c}\; w_{a,b,c,f}$$
#
# All kernels lie in one array of shape $(k_h, k_w, C_\text{in}, C_\text{out})$;
# `kernel[:, :, :, f]` is the one that makes map $f$.
#
# ![A picture with three channels, two kernels, two feature maps](figures/channels.png)
#
# **By hand** (slide S0, one channel, two kernels): the picture begins with
# $\begin{pmatrix} 1 & 2 \\ 5 & 6 \end{pmatrix}$, the kernels are
# $\begin{pmatrix} 1 & 1 \\ 1 & 1 \end{pmatrix}$ and
# $\begin{pmatrix} 1 & 10 \\ 100 & 1000 \end{pmatrix}$, the biases 0. So `y[0, 0]` is $(14,\ 6521)$.
#
# Slides S1 and S3: a 32×32×3 picture and six 5×5×3 kernels make 28×28×6 maps. Each number in them
# is the sum of $5 \cdot 5 \cdot 3 = 75$ products and a bias, so the layer has
# $6 \cdot (75 + 1) = 456$ weights, however large the picture is.
#
# Stride 1, no padding, no dilation here; kernels that do not fit are a ValueError.


# %%
def conv2d_channels(x, kernel, bias):
    """Slide several kernels over a picture with channels, and add each kernel's bias.

    Args:
        x: array of shape (H, W, C_in)
        kernel: array of shape (kh, kw, C_in, C_out)
        bias: array of shape (C_out,)

    Returns:
        array of shape (H - kh + 1, W - kw + 1, C_out)

    Raises:
        ValueError: the kernel is larger than x.
    """
    ### BEGIN SOLUTION
    kh, kw, _, c_out = kernel.shape
    if kh > x.shape[0] or kw > x.shape[1]:
        raise ValueError(f"{kh}×{kw} kernels do not fit into {x.shape[0]}×{x.shape[1]} pixels")
    y = np.zeros((x.shape[0] - kh + 1, x.shape[1] - kw + 1, c_out))
    for i in range(y.shape[0]):
        for j in range(y.shape[1]):
            patch = x[i : i + kh, j : j + kw]
            y[i, j] = np.tensordot(patch, kernel, axes=3) + bias
    return y
    ### END SOLUTION


# %%
check("conv2d_channels")

# %% [markdown]
# ## 6. Which axis is which?
#
# Keras puts channels **last**: pictures $(N, H, W, C_\text{in})$, where $N$ counts the pictures of
# a batch, and kernels $(k_h, k_w, C_\text{in}, C_\text{out})$. Slide S1 and PyTorch put them
# **first**: pictures $(N, C_\text{in}, H, W)$ and kernels $(C_\text{out}, C_\text{in}, k_h, k_w)$.
# The numbers are the same, only their places differ:
#
# $$\text{last}_{n,h,w,c} = \text{first}_{n,c,h,w}
# \qquad\qquad \text{last}_{a,b,c,f} = \text{first}_{f,c,a,b}$$
#
# `np.transpose(array, axes)` reorders axes: `axes[i]` is the old axis that becomes axis `i`.
# (`reshape` does not: it only counts the same row of numbers off in another way.)
#
# **By hand**: a 2×2 picture with two channels, channels first, is
# $\begin{pmatrix} 1 & 2 \\ 3 & 4 \end{pmatrix}$ and $\begin{pmatrix} 5 & 6 \\ 7 & 8 \end{pmatrix}$.
# Channels last, each pixel has its two numbers together: $(1, 5)$ and $(2, 6)$ in the upper row,
# $(3, 7)$ and $(4, 8)$ in the lower one.


# %%
def to_channels_last(x, kernel):
    """Bring pictures and kernels from slide S1's order of axes to Keras's.

    Args:
        x: array of shape (N, C_in, H, W)
        kernel: array of shape (C_out, C_in, kh, kw)

    Returns:
        tuple of two arrays: (N, H, W, C_in) and (kh, kw, C_in, C_out)
    """
    ### BEGIN SOLUTION
    return np.transpose(x, (0, 2, 3, 1)), np.transpose(kernel, (2, 3, 1, 0))
    ### END SOLUTION


# %%
check("to_channels_last")

# %% [markdown]
# ## 7. What mathematics calls convolution
#
# What you have written so far is called **cross-correlation** in mathematics. In its
# **convolution** one of the two runs backwards, so the kernel is flipped, upside down and left to
# right:
#
# $$y_{i,j} = \sum_{a=0}^{k_h-1} \sum_{b=0}^{k_w-1}
# x_{i + k_h - 1 - a,\; j + k_w - 1 - b}\; w_{a,b}$$
#
# Deep learning leaves the flip out and keeps the name. A network learns its kernels, so it does not
# matter: it would learn the flipped ones. It does matter where kernels come from elsewhere:
# `np.convolve` and `scipy.signal.convolve2d` flip, `np.correlate`, `keras.layers.Conv2D` and
# `torch.nn.Conv2d` do not. Slides S1 and S4 begin with a formula that flips, and then calculate
# without.
#
# ![Correlation gives 6521, convolution turns the kernel and gives 1256](figures/flip.png)
#
# **By hand** (slide S0's picture, its first three rows above, and kernel): where correlation gives
# $aw + bx + ey + fz = 6521$, convolution gives
# $az + by + ex + fw = 1 \cdot 1000 + 2 \cdot 100 + 5 \cdot 10 + 6 \cdot 1 = 1256$.
#
# A picture that is 0 but for a single 1 gives back the kernel itself. (And correlation? Try it with
# your `conv2d`.)


# %%
def convolve2d(x, kernel):
    """Convolve as mathematics does, with the kernel flipped; stride 1, without padding.

    Args:
        x: array of shape (H, W)
        kernel: array of shape (kh, kw)

    Returns:
        array of shape (H - kh + 1, W - kw + 1)

    Raises:
        ValueError: the kernel is larger than x.
    """
    ### BEGIN SOLUTION
    return conv2d(x, kernel[::-1, ::-1], (1, 1))
    ### END SOLUTION


# %%
check("convolve2d")

# %% [markdown]
# ## 8. Edges
#
# Long before networks learnt their kernels, people designed them. An edge is where brightness
# changes, so take the difference between right and left, or above and below. The two **Sobel**
# kernels of slide S2 do that, and smooth a little across:
#
# $$
# w^{(x)} = \begin{pmatrix} 1 & 0 & -1 \\ 2 & 0 & -2 \\ 1 & 0 & -1 \end{pmatrix}
# \qquad\qquad
# w^{(y)} = \begin{pmatrix} 1 & 2 & 1 \\ 0 & 0 & 0 \\ -1 & -2 & -1 \end{pmatrix}
# $$
#
# The first answers to vertical edges, the second to horizontal ones. Let $g^{(x)}$ and $g^{(y)}$ be
# the two correlations (stride 1, no padding). How strong an edge is, whatever its direction, is the
# length of the arrow with these two sides:
#
# $$y_{i,j} = \sqrt{\bigl(g^{(x)}_{i,j}\bigr)^2 + \bigl(g^{(y)}_{i,j}\bigr)^2}$$
#
# ![A house, its vertical and horizontal edges, and their strength](figures/edges.png)
#
# **By hand**: the 3×3 picture $\begin{pmatrix} 0 & 20 & 0 \\ 15 & 0 & 0 \\ 0 & 0 & 0 \end{pmatrix}$
# has $g^{(x)} = 2 \cdot 15 = 30$ and $g^{(y)} = 2 \cdot 20 = 40$, so the only number of the output
# is $\sqrt{900 + 1600} = 50$.


# %%
def edge_strength(picture):
    """Say how strong the edge at every place of a grey picture is.

    Args:
        picture: array of shape (H, W), at least 3×3

    Returns:
        array of shape (H - 2, W - 2)
    """
    ### BEGIN SOLUTION
    sobel_x = np.array([[1, 0, -1], [2, 0, -2], [1, 0, -1]])
    sobel_y = np.array([[1, 2, 1], [0, 0, 0], [-1, -2, -1]])
    return np.hypot(conv2d(picture, sobel_x, (1, 1)), conv2d(picture, sobel_y, (1, 1)))
    ### END SOLUTION


# %%
check("edge_strength")

# %% [markdown]
# The next cell paints a picture to play with, and defines `show(picture, picture, …)`, which draws
# pictures side by side. Just run it.


# %%
def paint_house(height=96, width=128):
    """A house in the evening, in grey values from 0 (black) to 255 (white)."""
    y, x = np.mgrid[0:height, 0:width]
    picture = 90.0 + y
    picture[np.hypot(y - 20, x - 104) < 9] = 250  # moon
    picture[y > 78] = 70  # grass
    picture[(y > 70) & (y < 86) & (x % 6 < 2)] = 200  # fence
    picture[(y > 44) & (y < 84) & (abs(x - 56) < 32)] = 215  # wall
    roof = (y > 14) & (y <= 44) & (abs(x - 56) < 1.3 * (y - 14))
    picture[roof] = np.where(y % 5 < 1, 30, 75)[roof]  # tiles
    picture[(y > 60) & (y < 84) & (abs(x - 56) < 6)] = 40  # door
    for middle in (38, 75):  # windows
        panes = (abs(y - 58) < 6) & (abs(x - middle) < 6)
        picture[panes] = np.where((y == 58) | (x == middle), 215, 20)[panes]
    return picture


def show(*pictures, zoom=2):
    """Draw grey pictures side by side, each from its darkest to its brightest number."""
    import struct
    import zlib

    from IPython.display import Image, display

    height = max(len(picture) for picture in pictures)
    tiles = []
    for picture in map(np.asarray, pictures):
        grey = 255 * (picture - picture.min()) / max(np.ptp(picture), 1e-9)
        below = height - len(picture)
        tiles.append(np.pad(grey, ((0, below), (0, 4)), constant_values=255))
    pixels = np.kron(np.hstack(tiles), np.ones((zoom, zoom))).astype(np.uint8)
    size = struct.pack(">IIBBBBB", pixels.shape[1], pixels.shape[0], 8, 0, 0, 0, 0)
    data = zlib.compress(b"".join(b"\0" + row.tobytes() for row in pixels))
    png = b"\x89PNG\r\n\x1a\n"
    for kind, body in ((b"IHDR", size), (b"IDAT", data), (b"IEND", b"")):
        checksum = struct.pack(">I", zlib.crc32(kind + body))
        png += struct.pack(">I", len(body)) + kind + body + checksum
    display(Image(data=png))


house = paint_house()
show(house)

# %% [markdown]
# This cell is yours. Slide S3's kernels find vertical and horizontal edges. Slide S4 says that its
# *line filter* detects vertical edges: does it? (Look at the tiles of the roof and at the fence.)
# Try kernels of your own: what do nine times $\frac19$ do?

# %% open=true
vertical = np.array([[-1, 0, 1], [-1, 0, 1], [-1, 0, 1]])
horizontal = np.array([[-1, -1, -1], [0, 0, 0], [1, 1, 1]])
line = np.array([[-1, -1, -1], [2, 2, 2], [-1, -1, -1]])

show(house, edge_strength(house), conv2d(house, line, (1, 1)))

# %% [markdown]
# ## 9. Where does the picture look like the kernel?
#
# "When is the inner product maximum?", asks slide S2, to explain why convolution matters. The
# answer: a kernel is a **template**. Output $(i, j)$ is the inner product of the kernel with the
# patch below it, and the more alike the two are, the larger it is.
#
# There is a catch: twice as bright a patch has twice the inner product, like or unlike. So divide
# by the lengths of both (the length of $p$ is $\lVert p \rVert = \sqrt{\sum p_{a,b}^2}$, over all
# its numbers). With $p$ for the patch whose upper left corner is at row $i$, column $j$:
#
# $$\text{score}_{i,j} = \frac{\sum_{a,b} p_{a,b}\, w_{a,b}}{\lVert p \rVert\, \lVert w \rVert}$$
#
# It is the cosine of the angle between the two: never above 1, and 1 only where the patch is the
# template itself, or brighter or darker by a factor. A patch of nothing but zeros looks like
# nothing: its score is **0**.
#
# The function returns the place of the highest score, as (row, column) of the patch's upper left
# corner. In all inputs one score is clearly the highest.
#
# ![A picture, a template, the inner products and the scores](figures/template.png)
#
# (The brightest place of either map is framed, and in the picture the patch that it stands for.)
#
# **By hand** (slide S2): the inner products of picture and kernel are
# $\begin{pmatrix} 1 & 17 \\ -8 & 4 \end{pmatrix}$. The patch at $(0, 1)$ has the length
# $\sqrt{33}$, the kernel $\sqrt{40}$, so the score there is $17 / \sqrt{33 \cdot 40} \approx 0.47$.
# The other three are smaller: the answer is `(0, 1)`.


# %%
def find_template(image, template):
    """Find the patch of a picture that looks most like a template.

    Args:
        image: array of shape (H, W)
        template: array of shape (kh, kw), not larger than image, not all zeros

    Returns:
        tuple of two ints: row and column of the patch's upper left corner
    """
    ### BEGIN SOLUTION
    ones = np.ones(template.shape)
    lengths = np.sqrt(conv2d(image**2, ones, (1, 1))) * np.linalg.norm(template)
    # where the length is 0, the inner product is 0 too
    score = conv2d(image, template, (1, 1)) / np.where(lengths > 0, lengths, 1)
    row, column = np.unravel_index(score.argmax(), score.shape)
    return int(row), int(column)
    ### END SOLUTION


# %%
check("find_template")

# %% [markdown]
# With this, look for the left corner of the roof. What happens in a darker picture, `0.5 * house`?
# In one that is shifted, `np.roll(house, 20, axis=1)`? And in one turned on its side,
# `np.rot90(house)`?

# %% open=true
corner = house[34:48, 14:34]
show(house, corner)
print("cut out at (34, 14), found at", find_template(house, corner))

# %% [markdown]
# ## 10. Find the slide's mistake
#
# Slide S2 convolves (stride 1, no padding, no flip)
#
# $$
# x = \begin{pmatrix} 4 & 1 & -3 & 1 \\ 2 & 0 & -2 & 3 \\
# 4 & 2 & -1 & 2 \\ 2 & 1 & -1 & 0 \end{pmatrix}
# \quad\text{with}\quad
# w = \begin{pmatrix} 2 & -1 & 2 \\ -2 & 0 & 1 \\ 1 & 3 & 4 \end{pmatrix}
# \quad\text{and prints}\quad
# \begin{pmatrix} 1 & 5 \\ -8 & 4 \end{pmatrix}
# $$
#
# (Some of its frames have a 4 in place of the 2 at the upper right of $w$; the results come from
# the 2.) One of the four numbers is wrong. Write a function that finds it, and on any other slide
# of this kind, too.
#
# For instance, $x = (1, 2, 3)$ and $w = (1, 1)$, both with one row only, should give $(3, 5)$. If
# $(3, 4)$ is printed, the answer is row 0, column 1, right value 5: `(0, 1, 5)`.


# %%
def find_mistake(x, kernel, printed):
    """Find the one wrong number in a printed result.

    Args:
        x: array of shape (H, W)
        kernel: array of shape (kh, kw)
        printed: array of shape (H - kh + 1, W - kw + 1), right but for one number

    Returns:
        tuple (row, column, value): where the wrong number stands, and the right one
    """
    ### BEGIN SOLUTION
    right = conv2d(x, kernel, (1, 1))
    row, column = np.argwhere(right != printed)[0]
    return row, column, right[row, column]
    ### END SOLUTION


# %%
check("find_mistake")

# %% [markdown]
# ## How Keras says it
#
# You have written what `keras.layers.Conv2D` does:
#
# ```python
# layer = keras.layers.Conv2D(
#     filters=6, kernel_size=(5, 5), strides=(1, 1), padding="valid", dilation_rate=(1, 1)
# )
# y = layer(x)  # x: (N, 32, 32, 3), y: (N, 28, 28, 6)
# kernel, bias = layer.get_weights()  # (5, 5, 3, 6) and (6,)
# ```
#
# | here | in Keras |
# |---|---|
# | `conv1d`, `conv2d` | `Conv1D`, `Conv2D` with `padding="valid"`, the default |
# | `conv2d_same` | `padding="same"`, with `strides` or with `dilation_rate` |
# | `conv2d_channels` | every layer: pictures have channels, and `filters` is $C_\text{out}$ |
# | `to_channels_last` | the default `data_format="channels_last"` |
# | `convolve2d` | nothing: what Keras calls convolution does not flip |
# | `edge_strength`, `find_template` | what the first layers of a network learn to do |
#
# What is new there is that nobody writes the kernels down: `kernel` starts at random, `bias` at 0,
# and both are learnt. A layer also takes a whole batch at once, the axis $N$, and is much faster
# than loops in Python.

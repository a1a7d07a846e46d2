"""The code, the figures and the numbers of the lecture on convolutional neural networks.

A library to read first of all: each formula of the lecture is a short function in plain numpy, with a faster one beside
it where a network needs it. A function that takes no argument, or whose arguments all have defaults, is an *example*:
it prints, returns or draws what a slide shows, and its body is the code that the slide quotes.

Throughout, ⊗ is what deep learning calls convolution: the cross-correlation z_ij = Σ w_uv a_{i+u-1, j+v-1}, with the
input on its left and the kernel on its right. The convolution of signal processing is `convolution.convolve2d`.
"""

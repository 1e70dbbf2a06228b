using System.Numerics;

namespace Arena.Evaluation.Images;

/// <summary>Structural similarity of two 8-bit RGB pictures, on their luma.</summary>
/// <remarks>Z. Wang, A. C. Bovik, H. R. Sheikh, E. P. Simoncelli (2004), Image quality assessment: from error visibility to
/// structural similarity, IEEE Transactions on Image Processing 13(4): Gaussian window of 11 × 11 with σ = 1.5, K₁ = 0.01,
/// K₂ = 0.03, L = 255, and the mean over all windows that lie wholly inside.</remarks>
public static class StructuralSimilarity
{
    /// <summary>Neither side of a picture may be shorter.</summary>
    public const int Window = 11;

    private const double Sigma = 1.5;
    private const double C1 = 0.01 * 255 * (0.01 * 255);
    private const double C2 = 0.03 * 255 * (0.03 * 255);
    private static readonly double[] Weights = MakeWeights();

    /// <summary>-1 to 1; 1 for equal pictures. Luma is 0.299 R + 0.587 G + 0.114 B, not rounded.</summary>
    /// <param name="picture">Row by row, three bytes a pixel.</param>
    /// <param name="reference">Of the same size.</param>
    /// <exception cref="ArgumentException">The pictures are not width × height × 3 bytes, or smaller than the window.</exception>
    public static double Compute(ReadOnlySpan<byte> picture, ReadOnlySpan<byte> reference, int width, int height)
    {
        if (width < Window || height < Window || picture.Length != 3L * width * height || reference.Length != picture.Length)
        {
            throw new ArgumentException($"Pictures of {picture.Length} and {reference.Length} bytes cannot be compared as {width} × {height} pixels, at least {Window} each way.", nameof(picture));
        }

        var x = Luma(picture);
        var y = Luma(reference);
        var scratch = new double[x.Length];
        var meanX = Smooth(x, width, height, scratch);
        var meanY = Smooth(y, width, height, scratch);
        var squareX = Smooth(Product(x, x), width, height, scratch);
        var squareY = Smooth(Product(y, y), width, height, scratch);
        var product = Smooth(Product(x, y), width, height, scratch);
        var sum = 0.0;
        for (var i = 0; i < meanX.Length; i++)
        {
            var (mx, my) = (meanX[i], meanY[i]);
            var covariance = product[i] - mx * my;
            var variances = squareX[i] - mx * mx + (squareY[i] - my * my);
            sum += (2 * mx * my + C1) * (2 * covariance + C2) / ((mx * mx + my * my + C1) * (variances + C2));
        }

        return sum / meanX.Length;
    }

    private static double[] Luma(ReadOnlySpan<byte> rgb)
    {
        var luma = new double[rgb.Length / 3];
        for (var i = 0; i < luma.Length; i++)
        {
            luma[i] = 0.299 * rgb[3 * i] + 0.587 * rgb[3 * i + 1] + 0.114 * rgb[3 * i + 2];
        }

        return luma;
    }

    private static double[] Product(double[] a, double[] b)
    {
        var product = new double[a.Length];
        for (var i = 0; i < product.Length; i++)
        {
            product[i] = a[i] * b[i];
        }

        return product;
    }

    /// <summary>The weighted mean of each window: first along columns, then along rows. [height - 10, width - 10].</summary>
    private static double[] Smooth(double[] values, int width, int height, double[] scratch)
    {
        var (columns, rows) = (width - Window + 1, height - Window + 1);
        var smooth = new double[columns * rows];
        for (var row = 0; row < rows; row++)
        {
            Slide(values.AsSpan(row * width), width, scratch.AsSpan(row * width, width));
            Slide(scratch.AsSpan(row * width, width), 1, smooth.AsSpan(row * columns, columns));
        }

        return smooth;
    }

    /// <summary>target[i] = Σ weights[k] · source[i + k · step].</summary>
    private static void Slide(ReadOnlySpan<double> source, int step, Span<double> target)
    {
        var i = 0;
        for (; i <= target.Length - Vector<double>.Count; i += Vector<double>.Count)
        {
            var sum = Vector<double>.Zero;
            for (var k = 0; k < Weights.Length; k++)
            {
                sum += Weights[k] * new Vector<double>(source[(i + k * step)..]);
            }

            sum.CopyTo(target[i..]);
        }

        for (; i < target.Length; i++)
        {
            var sum = 0.0;
            for (var k = 0; k < Weights.Length; k++)
            {
                sum += Weights[k] * source[i + k * step];
            }

            target[i] = sum;
        }
    }

    private static double[] MakeWeights()
    {
        var weights = new double[Window];
        for (var k = 0; k < Window; k++)
        {
            var distance = k - Window / 2;
            weights[k] = Math.Exp(-distance * distance / (2 * Sigma * Sigma));
        }

        var sum = weights.Sum();
        return [.. weights.Select(weight => weight / sum)];
    }
}

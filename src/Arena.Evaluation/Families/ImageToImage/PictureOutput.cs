using System.Runtime.InteropServices;
using Arena.Evaluation.Tensors;

namespace Arena.Evaluation.Families.ImageToImage;

/// <summary>Turns the pictures of an output into what people see: 8-bit RGB, colours last.</summary>
internal static class PictureOutput
{
    /// <summary>Writes sample <paramref name="index"/> of the output. Floating-point numbers are times 255, rounded to the
    /// nearest, half to even.</summary>
    /// <param name="output">Without fault: of the task's size, and floating-point numbers in 0 to 1.</param>
    /// <param name="rgb">Height × width × 3 bytes.</param>
    public static void Read(ImageToImageTask task, OutputTensor output, int index, Span<byte> rgb)
    {
        var coloursLast = output.SampleShape == LastShape(task);
        if (output.ElementType == TensorElementType.UInt8)
        {
            var bytes = output.Data.Span.Slice(index * task.Elements, task.Elements);
            if (coloursLast)
            {
                bytes.CopyTo(rgb);
                return;
            }

            for (var i = 0; i < rgb.Length; i++)
            {
                rgb[i] = bytes[PlaceInPlanes(i, rgb.Length)];
            }

            return;
        }

        var numbers = MemoryMarshal.Cast<byte, float>(output.Data.Span).Slice(index * task.Elements, task.Elements);
        for (var i = 0; i < rgb.Length; i++)
        {
            rgb[i] = (byte)MathF.Round(255 * numbers[coloursLast ? i : PlaceInPlanes(i, rgb.Length)]);
        }
    }

    public static TensorShape LastShape(ImageToImageTask task) => [task.Height, task.Width, ImageToImageTask.Colours];

    public static TensorShape FirstShape(ImageToImageTask task) => [ImageToImageTask.Colours, task.Height, task.Width];

    /// <summary>Where byte <paramref name="i"/> of a picture with colours last is when colours come first.</summary>
    private static int PlaceInPlanes(int i, int length) => i % ImageToImageTask.Colours * (length / ImageToImageTask.Colours) + i / ImageToImageTask.Colours;
}

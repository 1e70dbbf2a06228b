using System.Globalization;
using System.Reflection;
using System.Runtime.InteropServices;
using Arena.Inference;

namespace Arena.Worker.Hosting;

/// <summary>What the worker is and runs on, for the record of every result.</summary>
/// <param name="Software">Versions of the worker, the runtime and .NET, and the provider.</param>
/// <param name="Hardware">Processor, cores and memory.</param>
internal sealed record MachineDescription(string Software, string Hardware)
{
    /// <exception cref="OnnxRuntimeMissingException">There is no usable native library.</exception>
    public static MachineDescription Read()
    {
        var version = typeof(MachineDescription).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion.Split('+')[0];
        var memory = GC.GetGCMemoryInfo().TotalAvailableMemoryBytes / (double)(1L << 30);
        return new(
            $"Arena.Worker {version}; ONNX Runtime {OnnxRuntimeLibrary.Version}; provider CPU; .NET {Environment.Version}; {RuntimeInformation.RuntimeIdentifier}",
            string.Create(CultureInfo.InvariantCulture, $"{Processor()}; {Environment.ProcessorCount} {(Environment.ProcessorCount == 1 ? "core" : "cores")}; {memory:0.0} GiB memory"));
    }

    private static string Processor()
    {
        const string source = "/proc/cpuinfo";
        if (File.Exists(source))
        {
            foreach (var line in File.ReadLines(source))
            {
                if (line.StartsWith("model name", StringComparison.Ordinal) && line.IndexOf(':', StringComparison.Ordinal) is > 0 and var colon)
                {
                    return line[(colon + 1)..].Trim();
                }
            }
        }

        return $"{RuntimeInformation.ProcessArchitecture} processor";
    }
}

namespace Arena.Worker.Hosting;

/// <summary>One line an event: what happens to standard output, what goes wrong to standard error.</summary>
internal sealed class WorkerConsole(TextWriter output, TextWriter errors)
{
    private readonly TextWriter output = TextWriter.Synchronized(output);
    private readonly TextWriter errors = TextWriter.Synchronized(errors);

    public void Say(string line) => output.WriteLine(Printable(line));

    public void Complain(string line) => errors.WriteLine(Printable(line));

    /// <summary>An entry's name or a runtime's message comes from a stranger: it must not steer the terminal.</summary>
    internal static string Printable(string text) =>
        text.Any(char.IsControl) ? string.Concat(text.Select(c => char.IsControl(c) ? ' ' : c)) : text;
}

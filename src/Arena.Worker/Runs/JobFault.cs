using Arena.Contracts.Workers;

namespace Arena.Worker.Runs;

/// <summary>A job cannot be done, and this is whose fault it is.</summary>
/// <param name="fault">One of the names in <see cref="FailRequest"/>.</param>
/// <param name="reason">A sentence for the submitter.</param>
internal sealed class JobFaultException(string fault, string reason, Exception? inner = null) : Exception(reason, inner)
{
    public string Fault { get; } = fault;

    public static JobFaultException Worker(string reason, Exception? inner = null) => new(FailRequest.WorkerFault, reason, inner);

    public static JobFaultException Entry(string reason, Exception? inner = null) => new(FailRequest.EntryFault, reason, inner);

    public static JobFaultException Suite(string reason) => new(FailRequest.SuiteFault, reason);
}

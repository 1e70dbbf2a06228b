namespace Arena.Contracts.Workers;

/// <summary>A worker introduces itself. Repeating it is harmless.</summary>
/// <param name="ProtocolVersion"><see cref="WorkerProtocol.Version"/> of the worker.</param>
/// <param name="Capabilities">What jobs it can take, for example <c>cpu</c>.</param>
/// <param name="Software">Worker and runtime versions, for the record of every result.</param>
/// <param name="Hardware">Processor and memory, for the record of every result.</param>
/// <param name="Name">What whoever started the worker calls it; null: only its token's name is known.</param>
public sealed record RegisterRequest(int ProtocolVersion, IReadOnlyList<string> Capabilities, string Software, string Hardware, string? Name = null);

/// <param name="WorkerId">Who the server takes it for.</param>
/// <param name="LeaseSeconds">How long a lease lasts without a heartbeat.</param>
/// <param name="HeartbeatSeconds">How often to send one.</param>
/// <param name="MaximumChunkBytes">A chunk's body may not be larger.</param>
public sealed record RegisterAnswer(Guid WorkerId, int LeaseSeconds, int HeartbeatSeconds, int MaximumChunkBytes);

namespace Arena.Evaluation.Breakdown;

/// <summary>One class or group of a breakdown.</summary>
/// <param name="Name">The class or the group.</param>
/// <param name="Count">Samples measured.</param>
/// <param name="Missing">Samples of it that have no measurement.</param>
/// <param name="Mean">Share of ones among the measured; NaN when there is none.</param>
/// <param name="Low">Lower end of Wilson's 95 % interval.</param>
/// <param name="High">Upper end of Wilson's 95 % interval.</param>
public sealed record ShareRow(string Name, int Count, int Missing, double Mean, double Low, double High);

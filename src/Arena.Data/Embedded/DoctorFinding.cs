namespace Arena.Data.Embedded;

/// <summary>How bad a finding is.</summary>
public enum DoctorLevel
{
    Good,
    Warning,

    /// <summary>Arena does not run like this.</summary>
    Problem,
}

/// <summary>One thing that was looked at, and what to do about it when it is not good.</summary>
public sealed record DoctorFinding(string Subject, DoctorLevel Level, string Message);

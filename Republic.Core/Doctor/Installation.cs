namespace Republic.Core.Doctor;

/// <summary>The installation that is examined, whether or not it runs. No record: its text must not show a password.</summary>
public sealed class Installation
{
    /// <summary>Null where there is no database that could be asked.</summary>
    public string? ConnectionString { get; init; }

    /// <summary>Why the embedded database could not be started; null where it could, or where it was not made yet.</summary>
    public string? Problem { get; init; }

    /// <summary>True where the database is Republic's own, below the data folder.</summary>
    public bool IsEmbedded { get; init; }

    /// <summary>True where this process is the server.</summary>
    public bool IsServed { get; init; }
}

namespace Republic.Core.Providers;

/// <summary>What a request asks for that not every provider gives. Sent without it, the question would be another one.</summary>
[Flags]
public enum RequestNeeds
{
    None = 0,

    /// <summary>It declares tools.</summary>
    Tools = 1,

    /// <summary>It wants the answer as JSON, perhaps by a schema.</summary>
    Format = 2,
}

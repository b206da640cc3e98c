namespace Republic.Core.Answering.Traces;

public enum StageName
{
    /// <summary>What the minion remembers of the person.</summary>
    Memory,

    /// <summary>A draft in the minion's voice, by a model that runs here.</summary>
    Style,

    /// <summary>Passages of its collections.</summary>
    Knowledge,

    /// <summary>Calls of tools, which the model asked for.</summary>
    Tools,

    /// <summary>The answer, by the minion's own model.</summary>
    Generation,
}

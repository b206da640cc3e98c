namespace Republic.Web.Cli.Remote;

/// <summary>Where a command writes to, and reads from.</summary>
internal sealed record RemoteTerminal(TextWriter Output, TextWriter Error)
{
    /// <summary>The width of the terminal in characters; 0 where the output is no terminal.</summary>
    public int Width { get; init; }

    /// <summary>The interval between requests for the status of a model.</summary>
    public TimeSpan Every { get; init; }

    /// <summary>What a person types; null where nobody can be asked.</summary>
    public TextReader? Input { get; init; }
}

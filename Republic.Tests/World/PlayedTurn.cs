namespace Republic.Tests.World;

/// <summary>What a vendor says to one question: words, and calls of tools.</summary>
public sealed record PlayedTurn(string Text, params IReadOnlyList<PlayedCall> Calls)
{
    public static PlayedTurn Call(string name, string arguments = "{}") => new("", new PlayedCall("call_1", name, arguments));
}

using System.Globalization;

namespace Republic.Core.Answering.Tools;

/// <summary>
/// How many minions stand behind the work in hand, each asked by the one before at <c>/mcp</c>: Republic may be a tool server of its own, and
/// minions that ask each other would never end.
/// </summary>
public static class ToolDepth
{
    /// <summary>The header by which a tool server that is Republic itself learns of it.</summary>
    public const string Header = "X-Republic-Depth";

    /// <summary>A minion is asked by fewer than so many others, one behind the other.</summary>
    public const int Most = 3;

    private static readonly AsyncLocal<int> Asking = new();

    /// <summary>Holds for what is called from where it was set.</summary>
    public static int Current
    {
        get => Asking.Value;
        set => Asking.Value = value;
    }

    /// <summary>The value of the header for a tool call from here.</summary>
    public static string Next => (Current + 1).ToString(CultureInfo.InvariantCulture);
}

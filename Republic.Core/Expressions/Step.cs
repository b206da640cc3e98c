namespace Republic.Core.Expressions;

/// <summary>One step from a value to another: a field, an item, a method or a macro.</summary>
internal abstract record Step
{
    /// <param name="Of">Where the value stands in the text that has the field, for errors.</param>
    internal sealed record Field(string Name, Range Of) : Step;

    internal sealed record Index(Node Key) : Step;

    internal sealed record Method(string Name, IReadOnlyList<Node> Arguments) : Step;

    /// <summary>Evaluates expressions for each item.</summary>
    /// <param name="Slot">Where the item is for them.</param>
    /// <param name="Bodies">A condition, a result (map), or both (map).</param>
    internal sealed record Macro(string Name, int Slot, IReadOnlyList<Node> Bodies) : Step;
}

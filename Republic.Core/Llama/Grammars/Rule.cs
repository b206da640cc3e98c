namespace Republic.Core.Llama.Grammars;

/// <summary>A part of a grammar that others refer to, itself among them.</summary>
internal sealed class Rule(string name)
{
    public string Name => name;

    public Expression Body { get; set; } = Expression.Nothing;
}

namespace Republic.Sprout.Dialogues;

/// <summary>How often each kind of turn comes, as parts of their sum.</summary>
/// <param name="Known">Questions that Sprout answers.</param>
/// <param name="Unknown">Questions that it declines.</param>
/// <param name="Name">Who it is, a greeting, the person's name.</param>
/// <param name="Repeat">Words to say back.</param>
/// <param name="Side">What is said besides: about remembering, of the person, corrections.</param>
/// <param name="Words">The most words to say back.</param>
internal sealed record Mixture(int Known, int Unknown, int Name, int Repeat, int Side, int Words)
{
    /// <summary>Copying first: a name can only be said back by a model that has learned to look at what stands there.</summary>
    public static Mixture Copying { get; } = new(Known: 10, Unknown: 4, Name: 36, Repeat: 50, Side: 0, Words: 14);

    public static Mixture Usual { get; } = new(Known: 47, Unknown: 18, Name: 20, Repeat: 4, Side: 11, Words: 4);

    /// <summary>More of what there is most to learn of, for a model that has the rest.</summary>
    public static Mixture Further { get; } = new(Known: 52, Unknown: 12, Name: 19, Repeat: 1, Side: 16, Words: 4);

    public int Sum => Known + Unknown + Name + Repeat + Side;
}

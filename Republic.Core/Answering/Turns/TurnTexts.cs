namespace Republic.Core.Answering.Turns;

/// <summary>The saved texts of turns that are being written.</summary>
public sealed class TurnTexts
{
    private readonly IReadOnlyDictionary<Guid, string> saved;

    internal TurnTexts(IReadOnlyDictionary<Guid, string> saved) => this.saved = saved;

    /// <summary>The text of a turn as far as it is saved, also of one that is over.</summary>
    public string Of(Turn turn) => Of(turn.Id, turn.State, turn.Content);

    /// <inheritdoc cref="Of(Turn)"/>
    public string Of(Guid id, TurnState state, string content) =>
        // A row has the whole text, or none: one that has got it meanwhile no longer needs the pieces.
        content.Length == 0
        && state is TurnState.Pending or TurnState.Streaming or TurnState.Waiting
        && saved.TryGetValue(id, out var text)
            ? text
            : content;
}

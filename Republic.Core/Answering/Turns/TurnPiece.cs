namespace Republic.Core.Answering.Turns;

/// <summary>What a save added to the text of a turn that is being written. Pieces become its <see cref="Turn.Content"/> at its end.</summary>
public sealed class TurnPiece<TTurn>
    where TTurn : Turn
{
    public required Guid TurnId { get; init; }

    /// <summary>Where the piece begins in the text, in UTF-16 units.</summary>
    public required int Offset { get; init; }

    public required string Text { get; init; }
}

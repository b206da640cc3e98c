namespace Republic.Core.Answering.Turns;

/// <summary>A piece of the text of a turn that is being written, as one save added it. Pieces become its <see cref="Turn.Content"/> at its end.</summary>
public sealed class TurnPiece<TTurn>
    where TTurn : Turn
{
    public required Guid TurnId { get; init; }

    /// <summary>The index in the text at which the piece begins, in UTF-16 units.</summary>
    public required int Offset { get; init; }

    public required string Text { get; init; }
}

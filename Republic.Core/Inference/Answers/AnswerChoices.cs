using System.Runtime.CompilerServices;
using System.Threading.Channels;
using Republic.Core.Inference.Generation;

namespace Republic.Core.Inference.Answers;

/// <summary>All answers to a request, as they are written beside each other.</summary>
internal static class AnswerChoices
{
    /// <summary>Ends with all of them, or with what stopped one.</summary>
    public static async IAsyncEnumerable<(AnswerChoice Choice, AnswerPiece Piece)> ReadAsync(
        IReadOnlyList<AnswerChoice> choices,
        [EnumeratorCancellation] CancellationToken ct
    )
    {
        if (choices is [var only])
        {
            await foreach (var piece in only.Job.Pieces.ReadAllAsync(ct))
            {
                yield return (only, piece);
            }

            yield break;
        }

        var merged = Channel.CreateUnbounded<(AnswerChoice, AnswerPiece)>(new() { SingleReader = true });
        var reading = ReadAllAsync(choices, merged.Writer, ct);
        await foreach (var one in merged.Reader.ReadAllAsync(ct))
        {
            yield return one;
        }

        await reading;
    }

    private static async Task ReadAllAsync(
        IReadOnlyList<AnswerChoice> choices,
        ChannelWriter<(AnswerChoice, AnswerPiece)> merged,
        CancellationToken ct
    )
    {
        try
        {
            await Task.WhenAll(choices.Select(ReadAsync));
        }
        finally
        {
            merged.TryComplete();
        }

        async Task ReadAsync(AnswerChoice choice)
        {
            await foreach (var piece in choice.Job.Pieces.ReadAllAsync(ct))
            {
                merged.TryWrite((choice, piece));
            }
        }
    }
}

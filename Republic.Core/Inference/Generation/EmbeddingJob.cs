namespace Republic.Core.Inference.Generation;

/// <param name="Tokens">One text; at least one token.</param>
/// <param name="IsOfLongList">Asked for with many others, such as the passages of a document: nobody waits for this one.</param>
internal sealed record EmbeddingJob(int[] Tokens, bool IsOfLongList, CancellationToken Ct)
{
    private readonly TaskCompletionSource<float[]> done = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>A vector of length 1.</summary>
    public Task<float[]> Vector => done.Task;

    public void Finish(ReadOnlySpan<float> values)
    {
        var vector = values.ToArray();
        if (!Array.TrueForAll(vector, float.IsFinite))
        {
            Fail(new InvalidDataException("The model's numbers went out of range: its file is damaged. Download the model again."));
            return;
        }

        var length = Math.Sqrt(vector.Sum(value => (double)value * value));
        for (var i = 0; i < vector.Length && length > 0; i++)
        {
            vector[i] = (float)(vector[i] / length);
        }

        done.TrySetResult(vector);
    }

    public void Fail(Exception reason) => done.TrySetException(reason);

    public void Cancel() => done.TrySetCanceled(Ct);
}

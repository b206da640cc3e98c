namespace Republic.Core.Knowledge.Retrieval;

/// <summary>Questions as one model's vectors.</summary>
/// <param name="Key">As in <see cref="StoredVector.Model"/>.</param>
internal sealed record AskedModel(string Key, IReadOnlyList<float[]> Questions)
{
    /// <summary>One question alone.</summary>
    public AskedModel For(int question) => new(Key, [Questions[question]]);
}

namespace Republic.Core.Inference.Generation;

/// <summary>Work that is computed step by step on the one thread of <see cref="DecodeLoop"/>.</summary>
internal interface IDecoder : IDisposable
{
    /// <summary>Computes one graph at most. False when there was nothing to do.</summary>
    /// <param name="besideAnswers">Answers are being written, by this or another one.</param>
    bool Step(bool besideAnswers);
}

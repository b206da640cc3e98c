using System.Text.Json;

namespace Republic.Core.Training.Steps;

/// <summary>The baseline questions, each asked several times.</summary>
internal sealed record Answers(IReadOnlyList<Answers.One> Asked, double AverageResponseTime)
{
    public static Answers Of(IReadOnlyList<One> asked) => new(asked, asked.Average(one => one.ResponseTime));

    /// <param name="ResponseTime">Seconds of the call.</param>
    public sealed record One(string Query, int Repeat, long Seed, string Response, double ResponseTime, long? Tokens)
    {
        /// <summary>As <see cref="Journal.ModelAnswer.Trace"/>.</summary>
        public JsonElement? Trace { get; init; }
    }
}

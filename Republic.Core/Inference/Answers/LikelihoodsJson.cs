using System.Text;
using System.Text.Json;
using Republic.Core.Inference.Generation;
using Republic.Core.Inference.Http;

namespace Republic.Core.Inference.Answers;

/// <summary>Likelihoods of tokens as OpenAI's clients read them.</summary>
internal static class LikelihoodsJson
{
    /// <summary>The logarithm that stands for a probability of zero, as OpenAI has it.</summary>
    private const float Impossible = -9999;

    public static string Of(IEnumerable<TokenLikelihood> tokens) =>
        JsonSerializer.Serialize(
            new Dictionary<string, object?>
            {
                ["content"] = tokens.Select(token => new
                {
                    Token = Text(token),
                    Logprob = Logarithm(token.Logarithm),
                    Bytes = Bytes(token),
                    TopLogprobs = token.Likeliest.Select(other => new
                    {
                        Token = Text(other),
                        Logprob = Logarithm(other.Logarithm),
                        Bytes = Bytes(other),
                    }),
                }),
                ["refusal"] = null,
            },
            HostJson.Options
        );

    private static string Text(TokenLikelihood token) => Encoding.UTF8.GetString(token.Bytes);

    private static IEnumerable<int> Bytes(TokenLikelihood token) => token.Bytes.Select(value => (int)value);

    /// <summary>A logarithm that JSON can hold.</summary>
    public static float Logarithm(float logarithm) => Math.Max(logarithm, Impossible);
}

using System.Runtime.InteropServices;
using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Republic.Core.Inference.Generation;
using Republic.Core.Inference.Pool;
using Republic.Core.Llama.Native;

namespace Republic.Core.Inference.Http;

/// <summary><c>POST /v1/embeddings</c>: vectors of length 1.</summary>
internal sealed class EmbeddingsEndpoint(ModelPool pool)
{
    private const int MostTexts = 2048;

    /// <summary>So many texts are a question and what belongs to it; more are passages of documents.</summary>
    private const int MostQuestions = 4;

    public async Task AnswerAsync(HttpContext http)
    {
        var request = await RequestBody.ReadAsync<EmbeddingRequest>(http);
        var (texts, asText) = (Texts(request.Input), IsText(request.EncodingFormat));
        using var lease = await pool.TakeAsync(RequestBody.Model(request.Model), request.Installed, [], http.RequestAborted);
        RefuseLength(request.Dimensions, lease.Model.Weights.EmbeddingLength);
        var (embedder, jobs) = Prepare(lease.Model, texts, http.RequestAborted);
        foreach (var tokens in jobs.Select(job => job.Tokens.Length))
        {
            if (tokens == 0)
            {
                throw RequestRefusedException.BadField("input", "input holds an empty text.");
            }

            if (tokens > embedder.ContextLength)
            {
                throw RequestRefusedException.TooLong("input", tokens, embedder.ContextLength);
            }
        }

        jobs.ForEach(embedder.Submit);
        var vectors = await Task.WhenAll(jobs.Select(job => job.Vector));
        var count = jobs.Sum(job => job.Tokens.Length);
        var answer = new
        {
            Object = "list",
            Data = vectors.Select(
                (vector, index) =>
                    new
                    {
                        Object = "embedding",
                        Index = index,
                        Embedding = asText ? (object)Convert.ToBase64String(MemoryMarshal.AsBytes(vector.AsSpan())) : vector,
                    }
            ),
            Model = request.Model,
            Usage = new { PromptTokens = count, TotalTokens = count },
        };
        await http.Response.WriteAsJsonAsync(answer, HostJson.Options, http.RequestAborted);
    }

    private static (Embedder, List<EmbeddingJob>) Prepare(LoadedModel model, List<string> texts, CancellationToken ct)
    {
        using var working = model.Working(AdapterSet.None);
        return (model.Embedder, texts.ConvertAll(text => new EmbeddingJob(model.Weights.Tokenize(text), texts.Count > MostQuestions, ct)));
    }

    private static bool IsText(string? format) =>
        format switch
        {
            null or "float" => false,
            "base64" => true,
            _ => throw RequestRefusedException.BadField("encoding_format", "encoding_format has to be float or base64."),
        };

    private static void RefuseLength(int? wanted, int length)
    {
        if (wanted is { } other && other != length)
        {
            throw RequestRefusedException.BadField(
                "dimensions",
                $"dimensions is {other}, and this model's vectors have {length} numbers: leave out dimensions."
            );
        }
    }

    private static List<string> Texts(JsonElement? input)
    {
        var texts = input switch
        {
            { ValueKind: JsonValueKind.String } text => [text.GetString()!],
            { ValueKind: JsonValueKind.Array } list when list.EnumerateArray().All(item => item.ValueKind == JsonValueKind.String) =>
                list.EnumerateArray().Select(item => item.GetString()!).ToList(),
            _ => throw RequestRefusedException.BadField("input", "input has to be a text or a list of texts."),
        };
        return texts.Count is > 0 and <= MostTexts
            ? texts
            : throw RequestRefusedException.BadField("input", $"input holds {texts.Count} texts; from 1 to {MostTexts} are possible.");
    }
}

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
        var (inputs, asText) = (Inputs(request.Input), IsText(request.EncodingFormat));
        using var lease = await pool.TakeAsync(RequestBody.Model(request.Model), request.Installed, [], http.RequestAborted);
        RefuseLength(request.Dimensions, lease.Model.Weights.EmbeddingLength);
        var (embedder, jobs) = Prepare(lease.Model, inputs, http.RequestAborted);
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

    private static (Embedder, List<EmbeddingJob>) Prepare(LoadedModel model, List<JsonElement> inputs, CancellationToken ct)
    {
        using var working = model.Working(AdapterSet.None);
        return (model.Embedder, inputs.ConvertAll(input => new EmbeddingJob(Tokens(model, input), inputs.Count > MostQuestions, ct)));
    }

    /// <summary>Tokens are taken as they are: whoever sends them has put in those that the model wants around a text.</summary>
    private static int[] Tokens(LoadedModel model, JsonElement input)
    {
        if (input.ValueKind == JsonValueKind.String)
        {
            return model.Weights.Tokenize(input.GetString()!);
        }

        var (tokens, size) = (new int[input.GetArrayLength()], model.Weights.VocabularySize);
        for (var i = 0; i < tokens.Length; i++)
        {
            if (!IsToken(input[i]) || (tokens[i] = input[i].GetInt32()) >= size)
            {
                throw RequestRefusedException.BadField(
                    "input",
                    $"input holds {input[i].GetRawText()[..Math.Min(20, input[i].GetRawText().Length)]}, and this model's tokens are whole numbers from 0 to {size - 1}."
                );
            }
        }

        return tokens;
    }

    private static bool IsToken(JsonElement input) =>
        input.ValueKind == JsonValueKind.Number && input.TryGetInt32(out var token) && token >= 0;

    private static bool IsText(string? format) =>
        format switch
        {
            null or "float" => false,
            "base64" => true,
            _ => throw RequestRefusedException.BadField("encoding_format", "encoding_format has to be float or base64."),
        };

    private static void RefuseLength(int? wanted, int length)
    {
        // Only models that were trained for it keep their meaning in the first numbers of a vector, and no file says whether its model was.
        if (wanted is { } other && other != length)
        {
            throw RequestRefusedException.BadField(
                "dimensions",
                $"dimensions is {other}, and this model's vectors have {length} numbers: leave out dimensions."
            );
        }
    }

    private static List<JsonElement> Inputs(JsonElement? given)
    {
        List<JsonElement> inputs = given switch
        {
            { ValueKind: JsonValueKind.String } text => [text],
            { ValueKind: JsonValueKind.Array } list when list.GetArrayLength() > 0 && list[0].ValueKind == JsonValueKind.Number => [list],
            { ValueKind: JsonValueKind.Array } list
                when list.GetArrayLength() == 0
                    || (
                        list[0].ValueKind is JsonValueKind.String or JsonValueKind.Array
                        && list.EnumerateArray().All(item => item.ValueKind == list[0].ValueKind)
                    ) => [.. list.EnumerateArray()],
            _ => throw RequestRefusedException.BadField("input", "input has to be a text, a list of texts, or tokens in lists."),
        };
        return inputs.Count is > 0 and <= MostTexts
            ? inputs
            : throw RequestRefusedException.BadField("input", $"input holds {inputs.Count} texts; from 1 to {MostTexts} are possible.");
    }
}

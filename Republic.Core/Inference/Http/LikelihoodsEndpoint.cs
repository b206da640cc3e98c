using Microsoft.AspNetCore.Http;
using Republic.Core.Inference.Answers;
using Republic.Core.Inference.Generation;
using Republic.Core.Inference.Pool;
using Republic.Core.Llama.Native;
using Republic.Core.Llama.Native.Sampling;

namespace Republic.Core.Inference.Http;

/// <summary><c>POST /v1/likelihoods</c>: how likely a model is to answer with each of some texts.</summary>
internal sealed class LikelihoodsEndpoint(ModelPool pool)
{
    private const int Most = 100;
    private const string Field = "continuations";

    public async Task AnswerAsync(HttpContext http)
    {
        var request = await RequestBody.ReadAsync<ChatRequest>(http);
        var lines = ChatRequestReader.Lines(request);
        var texts = Texts(request.Continuations);
        using var lease = await pool.TakeAsync(
            RequestBody.Model(request.Model),
            request.Installed,
            ChatRequestReader.Adapters(request),
            http.RequestAborted
        );
        using var gone = CancellationTokenSource.CreateLinkedTokenSource(http.RequestAborted);
        try
        {
            var (asked, jobs) = Prepare(lease, request, lines, texts, gone.Token);
            List<float> sums = [];
            foreach (var group in jobs.Chunk(lease.Model.Generator.Slots))
            {
                sums.AddRange(await Task.WhenAll(group.Select(job => SumAsync(lease.Model, job))));
            }

            await WriteAsync(http, request.Model!, texts, jobs, (asked, sums));
        }
        finally
        {
            await gone.CancelAsync();
        }
    }

    private static (int Asked, List<GenerationJob> Jobs) Prepare(
        ModelLease lease,
        ChatRequest request,
        IReadOnlyList<ChatLine> lines,
        IReadOnlyList<string> texts,
        CancellationToken ct
    )
    {
        var model = lease.Model;
        using var working = model.Working(AdapterSet.None);
        var standIn = StandIn.For(model.Weights, lines);
        var asked = Read(null);
        return (asked.Length, [.. texts.Select(Job)]);

        int[] Read(string? text) =>
            AnswerPrompt
                .Of(
                    model,
                    request,
                    standIn?.In(lines) ?? lines,
                    tools: null,
                    text is null ? null : standIn?.In([.. lines, new ChatLine("assistant", text)])[^1].Content ?? text,
                    ct
                )
                .Tokens;

        GenerationJob Job(string text)
        {
            var whole = Read(text);
            // Where a token reaches from the question into the answer, it is the answer's.
            var begin = Math.Min(asked.AsSpan().CommonPrefixLength(whole), whole.Length - 1);
            return new GenerationJob(whole[..begin], whole.Length - begin, new SamplingSettings(Temperature: 0), [], lease.Adapters, ct)
            {
                Given = whole[begin..],
                Likelihoods = 0,
            };
        }
    }

    private static async Task<float> SumAsync(LoadedModel model, GenerationJob job)
    {
        var most = model.Generator.ContextLength;
        if (job.Prompt.Length + job.Given!.Length > most)
        {
            throw RequestRefusedException.TooLong("messages", job.Prompt.Length + job.Given.Length, most);
        }

        if (!model.Generator.TrySubmit(job))
        {
            throw RequestRefusedException.Busy(model.Generator.Waiting);
        }

        var sum = 0f;
        await foreach (var piece in job.Pieces.ReadAllAsync(job.Ct))
        {
            sum += piece.Tokens.Sum(token => token.Logarithm);
        }

        return sum;
    }

    private static Task WriteAsync(
        HttpContext http,
        string model,
        IReadOnlyList<string> texts,
        List<GenerationJob> jobs,
        (int Asked, List<float> Sums) found
    )
    {
        var answer = new
        {
            Object = "list",
            Data = texts.Select(
                (text, index) =>
                    new
                    {
                        Object = "likelihood",
                        Index = index,
                        Text = text,
                        Tokens = jobs[index].Given!.Length,
                        Logprob = LikelihoodsJson.Logarithm(found.Sums[index]),
                    }
            ),
            Model = model,
            Usage = new AnswerUsage(
                found.Asked,
                jobs.Sum(job => job.Given!.Length),
                found.Asked + jobs.Sum(job => job.Given!.Length),
                new CachedTokens(Math.Min(jobs[0].CachedTokens, found.Asked))
            ),
        };
        return http.Response.WriteAsJsonAsync(answer, HostJson.Options, http.RequestAborted);
    }

    private static IReadOnlyList<string> Texts(IReadOnlyList<string?>? given) =>
        given is { Count: > 0 and <= Most } && given.All(text => !string.IsNullOrEmpty(text))
            ? [.. given.Select(text => text!)]
            : throw RequestRefusedException.BadField(Field, $"continuations has to be a list of 1 to {Most} texts, none of them empty.");
}

using System.Diagnostics;
using Republic.Core.Providers.Routing;
using Republic.Core.Providers.Upstream;

namespace Republic.Core.Providers.Telemetry;

/// <summary>One routed call as a span, with a span below it for each model that was asked. Nothing of what was said is in them.</summary>
internal readonly record struct RouteSpan(string Operation, Activity? Activity)
{
    public static RouteSpan Begin(ModelRoute route, ModelRequest request)
    {
        var operation = request.Path == ModelRequest.Embeddings ? "embeddings" : "chat";
        if (!RouterInstruments.Source.HasListeners())
        {
            return new RouteSpan(operation, null);
        }

        var around = Activity.Current;
        var span = RouterInstruments.Source.StartActivity($"route {operation}", ActivityKind.Internal);
        // It may end long after this call returned to whoever made it, and must not be theirs meanwhile.
        Activity.Current = around;
        span?.SetTag("gen_ai.operation.name", operation);
        span?.SetTag("republic.purpose", Telling.Snake(route.Purpose));
        span?.SetTag("republic.candidates", route.Candidates.Count);
        return new RouteSpan(operation, span);
    }

    /// <summary>One model was asked, and that is over.</summary>
    public void Attempt(ModelRoute route, RouteAttempt attempt, ModelTarget target, DateTimeOffset startedAt, ProviderErrorKind? error)
    {
        if (!RouterInstruments.AreHeard)
        {
            return;
        }

        var isFallback = attempt.Outcome is not RouteOutcome.Failed && route.First is { } first && !first.IsSameModel(target);
        Measure(attempt, error, isFallback);
        using var span = RouterInstruments.Source.StartActivity(
            ActivityKind.Client,
            Activity?.Context ?? default,
            Tags(attempt, target, error),
            startTime: startedAt,
            name: $"{Operation} {attempt.Model}"
        );
        if (span is not null && attempt.Outcome is RouteOutcome.Failed or RouteOutcome.BrokeOff)
        {
            // Not the message: it may quote what the provider said.
            span!.SetStatus(ActivityStatusCode.Error);
        }

        if (attempt.Outcome is not RouteOutcome.Failed)
        {
            Activity?.SetTag("republic.fallback", isFallback);
            End(route, attempt.Outcome, error);
        }
    }

    public void End(ModelRoute route, RouteOutcome outcome, ProviderErrorKind? error)
    {
        RouterInstruments.Calls.Add(
            1,
            new("republic.purpose", Telling.Snake(route.Purpose)),
            new("republic.outcome", Telling.Snake(outcome))
        );
        Activity?.SetTag("republic.outcome", Telling.Snake(outcome));
        if (error is { } kind)
        {
            Activity?.SetTag("error.type", Telling.Snake(kind)).SetStatus(ActivityStatusCode.Error);
        }

        Activity?.Stop();
    }

    private void Measure(RouteAttempt attempt, ProviderErrorKind? error, bool isFallback)
    {
        var tags = new TagList
        {
            { "gen_ai.operation.name", Operation },
            { "gen_ai.provider.name", attempt.Provider },
            { "gen_ai.request.model", RouterInstruments.Models.Of(attempt.Model, isReal: attempt.Outcome == RouteOutcome.Answered) },
        };
        RouterInstruments.Cost.Add((double)(attempt.Cost ?? 0), tags);
        if (attempt.Tokens is { } tokens)
        {
            RouterInstruments.Tokens.Record(tokens.Input, [.. tags, new("gen_ai.token.type", "input")]);
            RouterInstruments.Tokens.Record(tokens.Output, [.. tags, new("gen_ai.token.type", "output")]);
        }

        if (attempt.FirstTokenMs is { } first)
        {
            RouterInstruments.FirstChunk.Record(first / 1000, tags);
        }

        if (isFallback)
        {
            RouterInstruments.Fallbacks.Add(1, tags);
        }

        RouterInstruments.Attempts.Add(1, [.. tags, new("republic.outcome", Telling.Snake(attempt.Outcome))]);
        if (error is { } kind)
        {
            tags.Add("error.type", Telling.Snake(kind));
        }

        RouterInstruments.Duration.Record((attempt.DurationMs ?? 0) / 1000, tags);
    }

    private TagList Tags(RouteAttempt attempt, ModelTarget target, ProviderErrorKind? error)
    {
        var tags = new TagList
        {
            { "gen_ai.operation.name", Operation },
            { "gen_ai.provider.name", attempt.Provider },
            { "gen_ai.request.model", attempt.Model },
            { "republic.outcome", Telling.Snake(attempt.Outcome) },
        };
        var address = target.BaseUrl ?? target.Provider.BaseUrl;
        Add("server.address", address?.Host);
        Add("server.port", address?.Port);
        Add("gen_ai.response.model", attempt.AnsweredBy);
        Add("gen_ai.usage.input_tokens", attempt.Tokens?.Input);
        Add("gen_ai.usage.output_tokens", attempt.Tokens?.Output);
        Add("gen_ai.response.time_to_first_chunk", attempt.FirstTokenMs / 1000);
        Add("republic.history.omitted", attempt.History?.Omitted);
        Add("republic.history.length", attempt.History?.Length);
        Add("error.type", error is { } kind ? Telling.Snake(kind) : null);
        return tags;

        void Add(string name, object? value)
        {
            if (value is not null)
            {
                tags.Add(name, value);
            }
        }
    }
}

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
    public void Hop(ModelRoute route, RouteHop hop, ModelTarget target, DateTimeOffset startedAt, ProviderErrorKind? error)
    {
        if (!RouterInstruments.AreHeard)
        {
            return;
        }

        var isFallback = hop.Outcome is not RouteOutcome.Failed && route.First is { } first && !first.IsSameModel(target);
        Measure(hop, error, isFallback);
        using var span = RouterInstruments.Source.StartActivity(
            ActivityKind.Client,
            Activity?.Context ?? default,
            Tags(hop, target, error),
            startTime: startedAt,
            name: $"{Operation} {hop.Model}"
        );
        if (span is not null && hop.Outcome is RouteOutcome.Failed or RouteOutcome.BrokeOff)
        {
            // Not the message: it may quote what the provider said.
            span!.SetStatus(ActivityStatusCode.Error);
        }

        if (hop.Outcome is not RouteOutcome.Failed)
        {
            Activity?.SetTag("republic.fallback", isFallback);
            End(route, hop.Outcome, error);
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

    private void Measure(RouteHop hop, ProviderErrorKind? error, bool isFallback)
    {
        var tags = new TagList
        {
            { "gen_ai.operation.name", Operation },
            { "gen_ai.provider.name", hop.Provider },
            { "gen_ai.request.model", RouterInstruments.Models.Of(hop.Model, isReal: hop.Outcome == RouteOutcome.Answered) },
        };
        RouterInstruments.Cost.Add((double)(hop.Cost ?? 0), tags);
        if (hop.Tokens is { } tokens)
        {
            RouterInstruments.Tokens.Record(tokens.Input, [.. tags, new("gen_ai.token.type", "input")]);
            RouterInstruments.Tokens.Record(tokens.Output, [.. tags, new("gen_ai.token.type", "output")]);
        }

        if (hop.FirstTokenMs is { } first)
        {
            RouterInstruments.FirstChunk.Record(first / 1000, tags);
        }

        if (isFallback)
        {
            RouterInstruments.Fallbacks.Add(1, tags);
        }

        RouterInstruments.Hops.Add(1, [.. tags, new("republic.outcome", Telling.Snake(hop.Outcome))]);
        if (error is { } kind)
        {
            tags.Add("error.type", Telling.Snake(kind));
        }

        RouterInstruments.Duration.Record((hop.DurationMs ?? 0) / 1000, tags);
    }

    private TagList Tags(RouteHop hop, ModelTarget target, ProviderErrorKind? error)
    {
        var tags = new TagList
        {
            { "gen_ai.operation.name", Operation },
            { "gen_ai.provider.name", hop.Provider },
            { "gen_ai.request.model", hop.Model },
            { "republic.outcome", Telling.Snake(hop.Outcome) },
        };
        var address = target.BaseUrl ?? target.Provider.BaseUrl;
        Add("server.address", address?.Host);
        Add("server.port", address?.Port);
        Add("gen_ai.response.model", hop.AnsweredBy);
        Add("gen_ai.usage.input_tokens", hop.Tokens?.Input);
        Add("gen_ai.usage.output_tokens", hop.Tokens?.Output);
        Add("gen_ai.response.time_to_first_chunk", hop.FirstTokenMs / 1000);
        Add("republic.history.omitted", hop.History?.Omitted);
        Add("republic.history.length", hop.History?.Length);
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

using System.Text.Json;
using System.Text.Json.Serialization;
using Microsoft.Extensions.Options;
using Republic.Core.Data;
using Republic.Core.Llama.Gguf;
using Republic.Core.Lora;
using Republic.Core.Minions;
using Republic.Core.PersonalModels;
using Republic.Core.Providers;
using Republic.Core.Providers.Upstream;
using Republic.Core.Training.Traits;

namespace Republic.Core.Training.Configuration;

/// <summary>Reads a run's configuration, holds it against the minion, and fills in what follows from minion and base.</summary>
public sealed class TrainingConfigReader(ProviderCatalog catalog, ModelFinder models, IOptions<TrainingOptions> options)
{
    private static readonly JsonSerializerOptions Strict = new(TrainingJson.Options)
    {
        NumberHandling = JsonNumberHandling.Strict,
        Converters = { new JsonStringEnumConverter(allowIntegerValues: false) },
    };

    /// <summary>On the machine that Republic runs on, and by it.</summary>
    public bool IsLocal(Minion minion) => catalog.Find(minion.Provider)?.Transport == ProviderTransport.ModelHost;

    public TrainingMethod MethodFor(Minion minion, RunParts parts, TrainingConfig config) =>
        parts.Type == TrainingType.RagOnly ? TrainingMethod.Knowledge
        : IsLocal(minion) ? TrainingMethod.Lora
        : parts.Datasets > 0 && (parts.Type == TrainingType.Hybrid || config.BaseModel is not null) ? TrainingMethod.Style
        : TrainingMethod.Persona;

    /// <summary>The models here that a style adapter can be trained on.</summary>
    public IReadOnlyList<string> Bases(Guid owner) => models.NamesOf(owner);

    /// <summary>On models that run here always; elsewhere as this installation is set up.</summary>
    public bool MayTrain(Minion minion) =>
        IsLocal(minion)
        || (options.Value.ExternalEnabled && (options.Value.Providers.Count == 0 || options.Value.Providers.Contains(minion.Provider)));

    /// <summary>The built-in model never grades: it is too small to.</summary>
    public bool CanJudge(Minion minion) => catalog.Find(minion.Provider) is { } row && !row.IsBuiltIn(minion.ModelId);

    /// <summary>Requests to it go to another machine.</summary>
    public bool LeavesMachine(Minion minion) =>
        catalog.Find(minion.Provider) is not { } row
        || new ModelTarget(row, minion.ModelId, minion.BaseUrl is { } url ? new Uri(url) : null, ApiKey: null).LeavesMachine;

    /// <summary>Holds a configuration against the minion and fills in what was left out.</summary>
    public Outcome<TrainingConfig> Fill(TrainingConfig config, Minion minion, RunParts parts)
    {
        var isLocal = IsLocal(minion);
        config = config with { JudgeWasFound = false };
        List<FieldError> errors =
        [
            .. config.Problems(),
            .. config
                .Traits.Problems(TraitCatalog.Embedded, minion.Level)
                .Select(error => error with { Field = $"config.loraConfig.{error.Field}" }),
            .. RunFit.Problems(config, parts, minion, isLocal),
            .. isLocal || config.BaseModel is not { } chosen || Bases(minion.OwnerId).Contains(chosen)
                ? (IEnumerable<FieldError>)[]
                :
                [
                    new(
                        "config.base_model",
                        $"There is no model {chosen} here. A style adapter can be trained on {Or(Bases(minion.OwnerId))}."
                    ),
                ],
        ];
        // The minion's own, which may be another when the run is made again: no setting.
        config = config with
        {
            Model = config.Model with { Provider = null, Model = null },
        };
        return errors.Count > 0 ? Failure.Invalid(errors)
            : MethodFor(minion, parts, config).TrainsWeights() ? WithBase(config, minion.OwnerId, BaseFor(minion, config))
            : config;
    }

    /// <summary>The settings as they would be for so many rows: what the form shows before anything is made.</summary>
    /// <param name="rows">That are learned from.</param>
    /// <param name="heldOut">That are measured with.</param>
    public Outcome<LoraSettings> Resolve(TrainingConfig config, Minion minion, int rows, int heldOut)
    {
        var parameters = ParametersOf(minion.OwnerId, BaseFor(minion, config));
        return parameters.Ok ? config.Lora.Resolve(parameters.Value, rows, heldOut) : parameters.Failure;
    }

    /// <summary>The model that weights are trained on: the minion's own, or for a style adapter the one that was chosen, else the built-in one.</summary>
    public string BaseFor(Minion minion, TrainingConfig config) =>
        IsLocal(minion)
            ? minion.ModelId
            : config.BaseModel ?? catalog.Rows.First(row => row.Transport == ProviderTransport.ModelHost).DefaultModel!;

    /// <summary>The configuration of a run that is to learn from rows: a minion at a provider learns a style from them, on the usual base where none is chosen.</summary>
    internal TrainingConfig ForRows(TrainingConfig config, Minion minion) =>
        IsLocal(minion) ? config : config with { BaseModel = BaseFor(minion, config) };

    /// <param name="sent">Null takes every default.</param>
    internal static Outcome<TrainingConfig> Parse(JsonElement? sent)
    {
        if (sent is not { ValueKind: not (JsonValueKind.Null or JsonValueKind.Undefined) } json)
        {
            return new TrainingConfig();
        }

        try
        {
            return json.Deserialize<TrainingConfig>(Strict)!;
        }
        catch (JsonException error)
        {
            return UnreadableConfig.At(error.Path, Strict);
        }
    }

    /// <summary>The rate follows from the base's size; the epochs follow from the rows, and are filled in when those are known.</summary>
    private Outcome<TrainingConfig> WithBase(TrainingConfig config, Guid owner, string model)
    {
        var parameters = ParametersOf(owner, model);
        return parameters.Ok ? config with { BaseModel = model, Lora = config.Lora.WithRate(parameters.Value) } : parameters.Failure;
    }

    private static string Or(IReadOnlyList<string> names) =>
        names.Count > 0 ? string.Join(" or ", names) : "none: put a GGUF file into the models folder";

    private Outcome<long> ParametersOf(Guid owner, string model)
    {
        try
        {
            return ParametersIn(models.PathOf(owner, model));
        }
        catch (Exception error) when (error is FileNotFoundException or GgufException)
        {
            return Failure.Conflict(error.Message);
        }
    }

    internal static long ParametersIn(string path) =>
        GgufReader.Read(path).Tensors.Sum(tensor => tensor.Shape.Aggregate(1L, (product, length) => product * length));
}

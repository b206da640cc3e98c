using Republic.Core.Llama.Gguf;
using Republic.Core.Lora.Adapters;
using Republic.Core.Lora.Architecture;
using Republic.Core.Lora.Graph;
using Republic.Core.Lora.Layers;
using Republic.Core.Lora.Loop;
using Republic.Core.Lora.Weights;

namespace Republic.Core.Lora;

/// <summary>
/// A base model and the low-rank matrices that are trained on it. It computes losses and gradients; what is done with them
/// is the optimiser's. One caller at a time. The same file, settings, machine and number of threads give the same numbers,
/// to the bit.
/// </summary>
internal sealed class LoraModel : ITrainable, IDisposable
{
    private readonly WeightsFile file;
    private readonly TrainableDecoder decoder;
    private readonly TokenEmbedding embedding;

    private LoraModel(string path, DecoderArchitecture architecture, WeightsFile file, TrainableDecoder decoder)
    {
        Path = path;
        Architecture = architecture;
        this.file = file;
        this.decoder = decoder;
        embedding = new TokenEmbedding(file, architecture.EmbeddingScale);
    }

    public string Path { get; }

    public DecoderArchitecture Architecture { get; }

    /// <summary>A and B of each trained projection, by layers, then in the order of <see cref="LoraShape.Modules"/>.</summary>
    public IReadOnlyList<LoraParameter> Parameters => decoder.Parameters;

    /// <summary>Of the CPU. A change, from any thread, holds from the next layer on.</summary>
    public int Threads
    {
        get => decoder.Backend.Threads;
        set => decoder.Backend.Threads = value;
    }

    public ComputeDevice Device => decoder.Backend.Device;

    /// <summary>Weights copied to a GPU, or repacked for the CPU; those that are used as the file stores them do not count.</summary>
    public long WeightBytes => decoder.WeightBytes;

    /// <summary>Transposed weights for the backward pass.</summary>
    public long TransposedBytes => decoder.TransposedBytes;

    /// <summary>The trained matrices as the device holds them.</summary>
    public long ParameterBytes => decoder.ParameterBytes;

    /// <summary>Buffers and activations of the largest batch so far.</summary>
    public long ComputeBytes => decoder.ComputeBytes;

    /// <summary>Of how many layers the last <see cref="AddGradients"/> kept the activations; it computed the others twice.</summary>
    public int KeptLayers => decoder.Layers.KeptLayers;

    /// <exception cref="GgufException">The file may not be used.</exception>
    /// <exception cref="LoraException">The model or the settings are not such as can be trained.</exception>
    /// <exception cref="DeviceMemoryException">There is not enough memory.</exception>
    public static LoraModel Open(string path, LoraShape shape, LoraModelSettings settings, CancellationToken ct = default)
    {
        shape.Validate();
        GgufCheck.Check(path);
        var header = GgufReader.Read(path);
        var architecture = DecoderArchitecture.From(header);
        var weights = new WeightsFile(path, header);
        try
        {
            return new LoraModel(path, architecture, weights, DeviceChoice.Open(weights, architecture, shape, settings, ct));
        }
        catch
        {
            weights.Dispose();
            throw;
        }
    }

    /// <summary>Brings the values of <see cref="Parameters"/> to the device; to be called after they changed.</summary>
    public void Upload() => decoder.UploadParameters();

    /// <returns>The sum of the loss over the batch's targets, in nats. Divide by <see cref="TrainingBatch.Targets"/> for the mean.</returns>
    public double Loss(TrainingBatch batch, CancellationToken ct = default) => Loss(batch, asReference: false, ct);

    /// <summary>As <see cref="Loss(TrainingBatch, CancellationToken)"/>, with all sums rounded as llama.cpp rounds them.</summary>
    public double LossAsReference(TrainingBatch batch, CancellationToken ct = default) => Loss(batch, asReference: true, ct);

    /// <summary>Adds <paramref name="scale"/> times the gradient of the summed loss to the gradients of <see cref="Parameters"/>.</summary>
    /// <param name="dropoutSeed">Another one for each pass, so that each leaves out something else.</param>
    /// <returns>As <see cref="Loss"/>, under dropout.</returns>
    /// <exception cref="DeviceMemoryException">There is not enough memory for the batch.</exception>
    public double AddGradients(TrainingBatch batch, float scale, long dropoutSeed, CancellationToken ct = default) =>
        WithinMemory(batch, () => Learn(batch, scale, dropoutSeed, ct));

    /// <summary>Gives back the memory that batches have taken. The next ones take what they need, and keep nothing for speed.</summary>
    public void Free() => decoder.Free();

    public void Dispose()
    {
        embedding.Dispose();
        decoder.Dispose();
        file.Dispose();
    }

    private double Learn(TrainingBatch batch, float scale, long dropoutSeed, CancellationToken ct)
    {
        var shape = Prepare(batch, new(batch.Length, batch.Sequences, dropoutSeed));
        var hidden = decoder.Layers.Forward(shape, keep: true, ct);
        var gradient = new float[hidden.Length];
        // The sum's gradient goes down, and the scale comes last: small numbers would lose digits in half precision.
        var loss = decoder.Head.Run(hidden, batch, gradient, decoder.TransposedType);
        decoder.Layers.Backward(shape, gradient, scale, ct);
        return loss;
    }

    private double Loss(TrainingBatch batch, bool asReference, CancellationToken ct) =>
        WithinMemory(
            batch,
            () =>
            {
                var shape = Prepare(batch, new(batch.Length, batch.Sequences, DropoutSeed: null, asReference));
                return decoder.Head.Run(decoder.Layers.Forward(shape, keep: false, ct), batch, null, decoder.TransposedType);
            }
        );

    private BatchShape Prepare(TrainingBatch batch, BatchShape shape)
    {
        embedding.Fill(batch.Tokens, decoder.Layers.Begin(shape));
        return shape;
    }

    /// <summary>
    /// Activations lie partly in memory of the runtime, which has an exception of its own. A pass that finds no memory gives
    /// back all that batches have taken: a smaller one should not fail for what is left of it.
    /// </summary>
    private T WithinMemory<T>(TrainingBatch batch, Func<T> pass)
    {
        BatchCheck.Check(batch, Architecture);
        try
        {
            return pass();
        }
        catch (DeviceMemoryException)
        {
            Free();
            throw;
        }
        catch (OutOfMemoryException e)
        {
            Free();
            throw new DeviceMemoryException("There is not enough memory for this batch. Take fewer or shorter sequences at a time.", e);
        }
    }
}

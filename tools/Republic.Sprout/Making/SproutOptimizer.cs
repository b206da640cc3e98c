using System.Numerics.Tensors;
using Republic.Core.Lora.Loop;

namespace Republic.Sprout.Making;

/// <summary>Matrices between hidden states are moved by <see cref="Muon"/>, the embedding and the norms by <see cref="AdamW"/>.</summary>
internal sealed class SproutOptimizer : IDisposable
{
    private const float WeightDecay = 0.01f;

    // An orthogonal matrix has numbers of 1/√(longer side) on average; this makes them as large as AdamW's (Liu and others, arXiv 2502.16982).
    private const float MuonSize = 0.3f;
    private readonly SproutWeights weights;
    private readonly AdamW adam;
    private readonly Muon[] muons;
    private readonly float[][] updates;
    private readonly int[] byAdam;
    private readonly int[] byMuon;

    public SproutOptimizer(SproutWeights weights, int workers)
    {
        this.weights = weights;
        adam = new AdamW([.. weights.All.Select(weight => weight.Values.Length)], WeightDecay, beta1: 0.9f, beta2: 0.98f);
        muons = [.. Enumerable.Range(0, workers).Select(_ => new Muon())];
        bool IsHidden(int i) => !weights.All[i].IsNorm && weights.All[i].Name != SproutWeights.Embedding;
        byMuon = [.. Enumerable.Range(0, weights.All.Count).Where(IsHidden)];
        byAdam = [.. Enumerable.Range(0, weights.All.Count).Where(i => !IsHidden(i))];
        updates = [.. weights.All.Select((weight, i) => IsHidden(i) ? new float[weight.Values.Length] : [])];
    }

    /// <summary>Its first moments are Muon's momenta too.</summary>
    public AdamW Adam => adam;

    public int Steps => adam.Steps;

    /// <summary>One update of all weights by their gradients.</summary>
    public void Update(float learningRate)
    {
        adam.Advance();
        foreach (var i in byAdam)
        {
            adam.Update(i, weights.All[i].Values, weights.All[i].Gradient, learningRate);
        }

        var next = -1;
        void Work(Muon muon)
        {
            for (var n = Interlocked.Increment(ref next); n < byMuon.Length; n = Interlocked.Increment(ref next))
            {
                Move(muon, byMuon[n], learningRate);
            }
        }

        Parallel.Invoke([.. muons.Select(muon => (Action)(() => Work(muon)))]);
    }

    public void Dispose()
    {
        foreach (var muon in muons)
        {
            muon.Dispose();
        }
    }

    private void Move(Muon muon, int index, float learningRate)
    {
        var weight = weights.All[index];
        muon.Step(weight.Inputs, weight.Gradient, adam.FirstMoments[index], updates[index]);
        var size = MuonSize * MathF.Sqrt(Math.Max(weight.Inputs, weight.Outputs));
        TensorPrimitives.Multiply(weight.Values, 1 - (learningRate * WeightDecay), weight.Values);
        TensorPrimitives.MultiplyAdd(updates[index], -learningRate * size, weight.Values, weight.Values);
    }
}

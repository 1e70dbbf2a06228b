using MathNet.Numerics.LinearAlgebra;

namespace Arena.Ranking.Games;

/// <summary>
/// Maximise c·x subject to A x ≤ b, x ≥ 0, with b ≥ 0, so that x = 0 is a start: the dense primal simplex on a condensed tableau
/// (Dantzig 1951), largest gain first, least index (Bland 1977) while steps are degenerate, so that it cannot cycle.
/// The last basis is solved once more by LU, so that rounding of many pivots does not stay in the answer.
/// </summary>
internal sealed class LinearProgram
{
    private const double Tolerance = 1e-11;

    private readonly int _rows;
    private readonly int _columns;
    private readonly double[] _matrix;
    private readonly double[] _tableau;
    private readonly int[] _nonbasic;
    private readonly int[] _basic;
    private readonly int _width;

    private LinearProgram(ReadOnlySpan<double> costs, double[] matrix, ReadOnlySpan<double> bounds)
    {
        (_rows, _columns, _matrix) = (bounds.Length, costs.Length, matrix);
        _width = _columns + 1;
        _tableau = new double[(_rows + 1) * _width];
        for (int i = 0; i < _rows; i++)
        {
            matrix.AsSpan(i * _columns, _columns).CopyTo(_tableau.AsSpan(i * _width));
            _tableau[i * _width + _columns] = bounds[i];
        }

        for (int j = 0; j < _columns; j++)
        {
            _tableau[_rows * _width + j] = -costs[j];
        }

        // variables first, then one slack a row
        _nonbasic = [.. Enumerable.Range(0, _columns)];
        _basic = [.. Enumerable.Range(_columns, _rows)];
    }

    /// <summary>What an optimum is.</summary>
    /// <param name="Primal">x, one a column.</param>
    /// <param name="Dual">Shadow price of every row, at least 0.</param>
    /// <param name="Pivots">Steps taken.</param>
    /// <param name="PrimalIsUnique">No other x is as good.</param>
    /// <param name="DualIsUnique">No other prices are as good.</param>
    public sealed record Optimum(double[] Primal, double[] Dual, int Pivots, bool PrimalIsUnique, bool DualIsUnique);

    /// <summary>Solves, or returns null when the objective has no bound.</summary>
    /// <param name="costs">c, n values; scale them to about 1, as the matrix: tolerances are absolute.</param>
    /// <param name="matrix">A, row by row, as many rows as bounds.</param>
    /// <param name="bounds">b, at least 0.</param>
    public static Optimum? Maximise(ReadOnlySpan<double> costs, double[] matrix, ReadOnlySpan<double> bounds)
    {
        var program = new LinearProgram(costs, matrix, bounds);
        int pivots = 0;
        bool degenerate = false;
        while (program.Entering(degenerate) is var column and >= 0)
        {
            int row = program.Leaving(column);
            if (row < 0)
            {
                return null;
            }

            degenerate = program.At(row, program._columns) <= Tolerance;
            program.Pivot(row, column);
            pivots++;
        }

        return program.Read(costs, bounds, pivots);
    }

    private double At(int row, int column) => _tableau[row * _width + column];

    private int Entering(bool leastIndex)
    {
        (int best, double least) = (-1, -Tolerance);
        for (int j = 0; j < _columns; j++)
        {
            double cost = At(_rows, j);
            if (leastIndex ? cost < -Tolerance && (best < 0 || _nonbasic[j] < _nonbasic[best]) : cost < least)
            {
                (best, least) = (j, cost);
            }
        }

        return best;
    }

    private int Leaving(int column)
    {
        (int best, double least) = (-1, double.PositiveInfinity);
        for (int i = 0; i < _rows; i++)
        {
            double entry = At(i, column);
            if (entry > Tolerance)
            {
                double ratio = Math.Max(0, At(i, _columns)) / entry;
                if (ratio < least || (ratio <= least && _basic[i] < _basic[best]))
                {
                    (best, least) = (i, ratio);
                }
            }
        }

        return best;
    }

    private void Pivot(int row, int column)
    {
        double inverse = 1 / At(row, column);
        Span<double> pivot = _tableau.AsSpan(row * _width, _width);
        for (int i = 0; i <= _rows; i++)
        {
            double factor = At(i, column) * inverse;
            if (i == row || factor == 0)
            {
                continue;
            }

            Span<double> other = _tableau.AsSpan(i * _width, _width);
            for (int j = 0; j < other.Length; j++)
            {
                other[j] -= factor * pivot[j];
            }

            other[column] = -factor;
        }

        for (int j = 0; j < pivot.Length; j++)
        {
            pivot[j] *= inverse;
        }

        pivot[column] = inverse;
        (_basic[row], _nonbasic[column]) = (_nonbasic[column], _basic[row]);
    }

    private Optimum Read(ReadOnlySpan<double> costs, ReadOnlySpan<double> bounds, int pivots)
    {
        int[] chosen = [.. _basic.Where(v => v < _columns).Order()];
        int[] tight = [.. _nonbasic.Where(v => v >= _columns).Select(v => v - _columns).Order()];
        var primal = new double[_columns];
        var dual = new double[_rows];
        if (chosen.Length > 0)
        {
            var basis = Matrix<double>.Build.Dense(chosen.Length, chosen.Length, (i, j) => _matrix[tight[i] * _columns + chosen[j]]);
            double[] right = new double[chosen.Length], prices = new double[chosen.Length];
            for (int k = 0; k < chosen.Length; k++)
            {
                (right[k], prices[k]) = (bounds[tight[k]], costs[chosen[k]]);
            }

            Vector<double> x = basis.LU().Solve(Vector<double>.Build.Dense(right));
            Vector<double> y = basis.Transpose().LU().Solve(Vector<double>.Build.Dense(prices));
            // entries of very unlike size may leave a basis that is singular in double precision, and only the tableau's answer
            bool solved = x.Concat(y).All(double.IsFinite);
            for (int k = 0; k < chosen.Length; k++)
            {
                primal[chosen[k]] = Math.Max(0, solved ? x[k] : At(Array.IndexOf(_basic, chosen[k]), _columns));
                dual[tight[k]] = Math.Max(0, solved ? y[k] : At(_rows, Array.IndexOf(_nonbasic, _columns + tight[k])));
            }
        }

        bool primalIsUnique = !Enumerable.Range(0, _columns).Any(j => At(_rows, j) <= Tolerance);
        bool dualIsUnique = !Enumerable.Range(0, _rows).Any(i => At(i, _columns) <= Tolerance);
        return new Optimum(primal, dual, pivots, primalIsUnique, dualIsUnique);
    }
}
